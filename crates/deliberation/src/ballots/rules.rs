//! What a vote may be, and what comes out, with its arithmetic.

use kernel::Refused;
use serde::Serialize;

use super::facts::*;

/// No question and no option is longer.
const TEXT_MAX: usize = 300;
/// No paper shows more options.
const OPTIONS_MAX: usize = 20;
/// No score is higher, no voice has more dots.
const MOST: i64 = 100;
/// No hall holds more.
const HEADS_MAX: i64 = 100_000;

kernel::refusals! { Refusal:
    /// There is no such ballot.
    404 "ballots.no_ballot" NoBallot;
    /// A ballot without a question.
    422 "ballots.no_question" NoQuestion;
    /// A text that is a mistake.
    422 "ballots.too_long" TooLong { most: usize };
    /// Too few or too many options for the method.
    422 "ballots.wrong_options" WrongOptions { least: usize, most: usize };
    /// An option that is there twice.
    422 "ballots.option_twice" OptionTwice;
    /// Not a highest score or a number of dots.
    422 "ballots.most_out_of_range" MostOutOfRange { most: i64 };
    /// Marks that the method does not know.
    422 "ballots.wrong_marks" WrongMarks;
    /// The dots of a voice are spent.
    422 "ballots.too_many_dots" TooManyDots { most: i64 };
    /// A voice votes once.
    409 "ballots.voted_before" VotedBefore;
    /// The telephone has not joined.
    409 "ballots.not_joined" NotJoined;
    /// The ballot is closed.
    409 "ballots.closed" Closed;
    /// A count of nothing.
    422 "ballots.nothing_counted" NothingCounted;
    /// A count that is a mistake.
    422 "ballots.count_out_of_range" CountOutOfRange { most: i64 };
    /// A reservation without words.
    422 "ballots.no_text" NoText;
    /// Only a consensus knows reservations.
    422 "ballots.no_consensus" NoConsensus;
    /// The entry is none of this ballot that can be taken back.
    422 "ballots.not_its_entry" NotItsEntry;
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Opens a ballot.
pub fn open(asked: BallotOpened) -> Result<BallotOpened, Refused> {
    let wrong = |refusal: Refusal, field: &'static str| Err(Refused::from(refusal).in_field(field));
    let question = line(&asked.question);
    if question.is_empty() {
        return wrong(Refusal::NoQuestion, "question");
    }
    let options: Vec<String> = asked.options.iter().map(|it| line(it)).filter(|it| !it.is_empty()).collect();
    let longest = options.iter().chain([&question]).map(|it| it.chars().count()).max();
    if longest.is_some_and(|longest| longest > TEXT_MAX) {
        return wrong(Refusal::TooLong { most: TEXT_MAX }, "question");
    }
    let (least, most) = if asked.method == Method::Consensus { (0, 1) } else { (2, OPTIONS_MAX) };
    if !(least..=most).contains(&options.len()) {
        return wrong(Refusal::WrongOptions { least, most }, "options");
    }
    if options.iter().enumerate().any(|(at, it)| options[..at].contains(it)) {
        return wrong(Refusal::OptionTwice, "options");
    }
    let most = match asked.method {
        Method::Score | Method::Dots if !(1..=MOST).contains(&asked.most) => {
            return wrong(Refusal::MostOutOfRange { most: MOST }, "most");
        }
        Method::Score | Method::Dots => asked.most,
        Method::Hands | Method::Consensus | Method::Pairs => 1,
    };
    // A consensus is about the question itself.
    let options = if asked.method == Method::Consensus { vec![question.clone()] } else { options };
    Ok(BallotOpened { question, options, most, ..asked })
}

/// Whether the method knows such marks.
fn fitting(method: Method, options: usize, most: i64, marks: &[i64]) -> Result<(), Refused> {
    let within = |low: i64, high: i64| marks.iter().all(|mark| (low..=high).contains(mark));
    let fits = marks.len() == options
        && match method {
            Method::Hands => within(0, 1) && marks.iter().sum::<i64>() == 1,
            Method::Consensus => within(-1, 1),
            Method::Score | Method::Dots => within(0, most),
            Method::Pairs => within(0, i64::try_from(options).unwrap_or(i64::MAX)),
        };
    if !fits {
        return Err(Refused::from(Refusal::WrongMarks).in_field("mark.0"));
    }
    if method == Method::Dots && marks.iter().sum::<i64>() > most {
        return Err(Refused::from(Refusal::TooManyDots { most }).in_field("mark.0"));
    }
    Ok(())
}

/// Takes a vote of a voice that has or has not voted.
pub fn cast(
    of: (Method, usize, i64),
    marks: &[i64],
    is_closed: bool,
    has_voted: bool,
) -> Result<(), Refused> {
    if is_closed {
        return Err(Refusal::Closed.into());
    }
    if has_voted {
        return Err(Refusal::VotedBefore.into());
    }
    fitting(of.0, of.1, of.2, marks)
}

/// Takes a count by hand.
pub fn count(
    of: (Method, usize, i64),
    asked: VotesCounted,
    is_closed: bool,
) -> Result<VotesCounted, Refused> {
    if is_closed {
        return Err(Refusal::Closed.into());
    }
    let votes: Vec<Votes> = asked.votes.into_iter().filter(|it| it.count != 0).collect();
    if votes.is_empty() {
        return Err(Refused::from(Refusal::NothingCounted).in_field("mark.0"));
    }
    for it in &votes {
        fitting(of.0, of.1, of.2, &it.marks)?;
        if !(1..=HEADS_MAX).contains(&it.count) {
            return Err(Refused::from(Refusal::CountOutOfRange { most: HEADS_MAX }).in_field("mark.0"));
        }
    }
    Ok(VotesCounted { votes, ..asked })
}

/// Records a reservation.
pub fn reserve(method: Method, asked: ReservationRecorded) -> Result<ReservationRecorded, Refused> {
    if method != Method::Consensus {
        return Err(Refusal::NoConsensus.into());
    }
    let text = asked.text.trim().to_owned();
    match text.chars().count() {
        0 => Err(Refused::from(Refusal::NoText).in_field("text")),
        length if length > 10 * TEXT_MAX => {
            Err(Refused::from(Refusal::TooLong { most: 10 * TEXT_MAX }).in_field("text"))
        }
        _ => Ok(ReservationRecorded { text, ..asked }),
    }
}

/// What came out for an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its place among the options, counted from 0.
    pub option: usize,
    /// Hands, points, dots; for pairs 2 for each won and 1 for each even.
    pub sum: i64,
    /// How the sum comes about: mark and how many gave it; for pairs the voices for it and against it, option by option.
    pub terms: Vec<(i64, i64)>,
    /// Its rank; those that are even share one.
    pub rank: usize,
}

/// What came out of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// How many voted.
    pub voters: i64,
    /// The options, the best first.
    pub lines: Vec<Line>,
    /// Whether several share the first rank; a meeting decides then, not a machine.
    pub is_tie: bool,
    /// Of a consensus: how many agree, stand aside, block.
    pub stands: Option<(i64, i64, i64)>,
}

impl Outcome {
    /// Whether a consensus is reached: somebody agrees and nobody blocks.
    pub fn is_agreed(&self) -> bool {
        self.stands.is_some_and(|(agree, _, block)| agree > 0 && block == 0)
    }
}

/// Counts.
pub fn outcome(method: Method, options: usize, votes: &[Votes]) -> Outcome {
    let voters = votes.iter().map(|it| it.count).sum();
    let mut lines: Vec<Line> = (0..options).map(|option| counted(method, options, option, votes)).collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.sum), line.option));
    for at in 0..lines.len() {
        let before = at.checked_sub(1).map(|before| (lines[before].sum, lines[before].rank));
        lines[at].rank = match before {
            Some((sum, rank)) if sum == lines[at].sum => rank,
            _ => at + 1,
        };
    }
    let heads = |mark: i64| votes.iter().filter(|it| it.marks[0] == mark).map(|it| it.count).sum::<i64>();
    Outcome {
        voters,
        is_tie: voters > 0 && lines.iter().filter(|line| line.rank == 1).count() > 1,
        stands: (method == Method::Consensus).then(|| (heads(1), heads(0), heads(-1))),
        lines,
    }
}

fn counted(method: Method, options: usize, option: usize, votes: &[Votes]) -> Line {
    if method == Method::Pairs {
        return paired(options, option, votes);
    }
    let mut terms: Vec<(i64, i64)> = Vec::new();
    for it in votes.iter().filter(|it| it.marks[option] > 0) {
        match terms.iter_mut().find(|(mark, _)| *mark == it.marks[option]) {
            Some((_, count)) => *count += it.count,
            None => terms.push((it.marks[option], it.count)),
        }
    }
    terms.sort_by_key(|(mark, _)| std::cmp::Reverse(*mark));
    Line { option, sum: terms.iter().map(|(mark, count)| mark * count).sum(), terms, rank: 0 }
}

/// Two points for each option that more voices put behind this one than before it, one where they are even (Copeland).
fn paired(options: usize, option: usize, votes: &[Votes]) -> Line {
    // What has no place stands behind all that have one.
    let place = |marks: &[i64], of: usize| if marks[of] == 0 { i64::MAX } else { marks[of] };
    let before = |this: usize, other: usize| -> i64 {
        let ahead = votes.iter().filter(|it| place(&it.marks, this) < place(&it.marks, other));
        ahead.map(|it| it.count).sum()
    };
    let others = (0..options).filter(|other| *other != option);
    let terms: Vec<(i64, i64)> = others.map(|other| (before(option, other), before(other, option))).collect();
    let points = |(won, lost): &(i64, i64)| match won.cmp(lost) {
        std::cmp::Ordering::Greater => 2,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Less => 0,
    };
    Line { option, sum: terms.iter().map(points).sum(), terms, rank: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(text: &str) -> Vec<Votes> {
        let vote = |text: &str| {
            let (marks, count) = text.split_once('x').expect("marks x count");
            let marks = marks.split_whitespace().map(|it| it.parse().expect("a mark")).collect();
            Votes { marks, count: count.trim().parse().expect("a count") }
        };
        text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(vote).collect()
    }

    #[test]
    fn every_method_counts_and_ties_stay_ties() {
        // Options as `option:sum@rank` from the first rank on.
        for (method, options, cast, expected, is_tie) in [
            (Method::Hands, 2, "1 0 x 12, 0 1 x 7", "0:12@1 1:7@2", false),
            (Method::Hands, 3, "1 0 0 x 5, 0 0 1 x 5, 0 1 0 x 2", "0:5@1 2:5@1 1:2@3", true),
            (Method::Hands, 2, "", "0:0@1 1:0@1", false),
            (Method::Score, 2, "5 3 x 2, 0 4 x 3", "1:18@1 0:10@2", false),
            (Method::Score, 2, "5 0 x 1, 0 5 x 1", "0:5@1 1:5@1", true),
            (Method::Dots, 3, "3 1 1 x 4, 0 5 0 x 2", "1:14@1 0:12@2 2:4@3", false),
            (Method::Dots, 3, "2 2 1 x 1", "0:2@1 1:2@1 2:1@3", true),
            // The first wins each of its pairs.
            (Method::Pairs, 3, "1 2 3 x 5, 2 3 1 x 3", "0:4@1 1:2@2 2:0@3", false),
            // A ring: each beats one and loses to one.
            (Method::Pairs, 3, "1 2 3 x 1, 3 1 2 x 1, 2 3 1 x 1", "0:2@1 1:2@1 2:2@1", true),
            // What has no place stands behind; two without one are even.
            (Method::Pairs, 3, "1 0 0 x 4", "0:4@1 1:1@2 2:1@2", false),
            (Method::Pairs, 2, "1 2 x 3, 2 1 x 3", "0:1@1 1:1@1", true),
        ] {
            let outcome = outcome(method, options, &votes(cast));
            let seen: Vec<String> =
                outcome.lines.iter().map(|it| format!("{}:{}@{}", it.option, it.sum, it.rank)).collect();
            assert_eq!((seen.join(" ").as_str(), outcome.is_tie), (expected, is_tie), "{method} {cast}");
        }
        let score = outcome(Method::Score, 2, &votes("5 3 x 2, 3 0 x 1"));
        assert_eq!(score.lines[0].terms, [(5, 2), (3, 1)], "5 × 2 + 3 × 1 = 13");
        assert_eq!((score.lines[0].sum, score.voters), (13, 3));
    }

    #[test]
    fn a_consensus_is_reached_when_somebody_agrees_and_nobody_blocks() {
        for (cast, stands, is_agreed) in [
            ("", (0, 0, 0), false),
            ("0 x 3", (0, 3, 0), false),
            ("1 x 40, 0 x 2", (40, 2, 0), true),
            ("1 x 40, -1 x 1", (40, 0, 1), false),
        ] {
            let outcome = outcome(Method::Consensus, 1, &votes(cast));
            assert_eq!((outcome.stands, outcome.is_agreed()), (Some(stands), is_agreed), "{cast}");
        }
    }

    #[test]
    fn a_vote_has_the_marks_of_its_method_and_comes_once() {
        for (method, most, marks, expected) in [
            (Method::Hands, 1, vec![1, 0], None),
            (Method::Hands, 1, vec![1, 1], Some("ballots.wrong_marks")),
            (Method::Hands, 1, vec![0, 0], Some("ballots.wrong_marks")),
            (Method::Hands, 1, vec![1], Some("ballots.wrong_marks")),
            (Method::Score, 5, vec![5, 0], None),
            (Method::Score, 5, vec![6, 0], Some("ballots.wrong_marks")),
            (Method::Score, 5, vec![-1, 0], Some("ballots.wrong_marks")),
            (Method::Dots, 5, vec![3, 2], None),
            (Method::Dots, 5, vec![3, 3], Some("ballots.too_many_dots")),
            (Method::Pairs, 1, vec![1, 2], None),
            (Method::Pairs, 1, vec![1, 3], Some("ballots.wrong_marks")),
        ] {
            let code = |is_closed, has_voted| {
                cast((method, 2, most), &marks, is_closed, has_voted).err().map(|refused| refused.code)
            };
            assert_eq!(code(false, false), expected, "{method} {marks:?}");
            assert_eq!(code(false, true), Some("ballots.voted_before"));
            assert_eq!(code(true, false), Some("ballots.closed"));
        }
    }
}
