//! Meetings for the demo: two audiences as published, with their sources, and two meetings of Sumbermulyo that are made up and
//! say so, with decisions, one follow-up that is late and one that is done.

use journal::{Context, Work};
use kernel::{BookId, Day, EntryId, Fault, Names, PartyId, PlaceCode, Rupiah, Scope, Stop};

use crate::attendance::{Age, Disability, EntitledSet, Heads, HeadsCounted, KeepAttendance, Sex};
use crate::ballots::{BallotClosed, BallotOpened, KeepBallots, Method, Secrecy, Votes, VotesCounted};
use crate::decisions::{DecisionTaken, FollowUpClosed, FollowUpOpened, KeepDecisions, Owner};
use crate::hall::{Admission, HallClosed, HallOpened, KeepHall};
use crate::meetings::{
    AgendaItemPut, CallMeetings, Element, KeepMeetings, MeetingCalled, MeetingEnded, MeetingKind, Outcome,
};
use crate::minutes::{KeepMinutes, TextWritten, Tongue};
use crate::proposals::{
    KeepProposals, ProposalMade, ProposalPut, Propose, Support, SupportGiven, Voice, Way,
};
use crate::{Hour, Zone};

/// Written where a record is not from a source.
const MADE_UP: &str = "Data contoh; 예시 자료; made up for this demo";

/// Sumbermulyo.
fn village() -> PlaceCode {
    "34.02.05.2003".parse().expect("the code of a village")
}

fn names([id, ko, en]: [&str; 3]) -> Names {
    Names { id: id.into(), ko: ko.into(), en: en.into() }
}

struct Published {
    key: u8,
    names: [&'static str; 3],
    date: &'static str,
    venue: &'static str,
    parties: &'static [u8],
    source: &'static str,
}

const PUBLISHED: &[Published] = &[
    Published {
        key: 1,
        names: [
            "Audiensi Saemaul Globalization Foundation dengan Gubernur DIY",
            "새마을세계화재단의 욕야카르타 주지사 예방",
            "Audience of the Saemaul Globalization Foundation with the Governor",
        ],
        date: "2017-03-24",
        venue: "Yogyakarta",
        parties: &[1, 3],
        source: "dp3ap2.integra.id, 27 March 2017",
    },
    Published {
        key: 2,
        names: [
            "Pertemuan Ketua Saemaul Foundation dengan Gubernur DIY",
            "새마을재단 대표와 욕야카르타 주지사의 면담",
            "The president of the Saemaul Foundation meets the Governor",
        ],
        date: "2022-11-22",
        venue: "Yogyakarta",
        parties: &[1, 3],
        source: "jogjaprov.go.id; haninpost.com p=63000",
    },
];

/// Records it all; the meetings that are made up lie before `today`.
pub fn record(work: &mut Work<'_, '_>, today: Day) -> Result<(), Stop> {
    for it in PUBLISHED {
        published(work, it)?;
    }
    let first = meeting(
        work,
        *b"Muskal contoh 01",
        (
            MeetingKind::Village,
            ["Musyawarah kalurahan (contoh)", "마을 총회(예시)", "Village deliberation (made up)"],
        ),
        today.plus(-75),
    )?;
    count(
        work,
        first,
        [(Element::Council, 2, 5), (Element::WomenFarmers, 11, 0), (Element::HamletHeads, 3, 13)],
    )?;
    decide(
        work,
        first,
        [
            "Membeli timbangan gantung untuk bank sampah",
            "쓰레기은행에 쓸 저울 구입",
            "Buy a hanging scale for the waste bank",
        ],
        today.plus(-14),
    )?;
    let seed = decide(
        work,
        first,
        ["Menyusun daftar petani penangkar benih", "채종 농가 명단 작성", "List the farmers who grow seed"],
        today.plus(-40),
    )?;
    done(work, first, seed, today.plus(-45))?;
    let second = meeting(
        work,
        *b"Musrenbang cth 1",
        (
            MeetingKind::Musrenbang,
            ["Musrenbang kalurahan (contoh)", "마을 개발계획 회의(예시)", "Planning deliberation (made up)"],
        ),
        today.plus(-20),
    )?;
    count(
        work,
        second,
        [(Element::Government, 4, 6), (Element::Youth, 7, 8), (Element::FamilyWelfare, 12, 0)],
    )?;
    discuss(work, second)?;
    decide(
        work,
        second,
        [
            "Memasukkan lantai jemur ke rencana 2027",
            "2027년 계획에 건조장 반영",
            "Put a drying floor into the plan for 2027",
        ],
        today.plus(30),
    )?;
    Ok(())
}

fn published(work: &mut Work<'_, '_>, of: &Published) -> Result<(), Stop> {
    let place = cooperation::demo::region();
    let mut key = *b"Audiensi terbit ";
    key[15] = of.key;
    let meeting = BookId::from_bytes(key);
    let date = of.date.parse().map_err(|_| Fault::new("a date of the demo"))?;
    let scope = Scope::book(place.clone(), meeting);
    let call = Context::operator_permit::<CallMeetings>(&scope)?;
    let keep = Context::operator_permit::<KeepMeetings>(&scope)?;
    let called = MeetingCalled {
        place: place.clone(),
        meeting,
        kind: MeetingKind::Audience,
        names: names(of.names),
        date,
        starts: None,
        zone: Zone::Jakarta,
        venue: of.venue.into(),
        cooperation: Some(cooperation::demo::book()),
        parties: of.parties.iter().map(|key| PartyId::from_bytes([*key; 16])).collect(),
        elements: Vec::new(),
        source: of.source.into(),
    };
    work.record(&call, &called)?;
    let ended = MeetingEnded {
        place,
        meeting,
        outcome: Outcome::Held,
        date,
        minutes: None,
        reason: String::new(),
        until: None,
    };
    work.record(&keep, &ended)?;
    Ok(())
}

/// A meeting of the village that was held, with an agenda and its first statements.
fn meeting(
    work: &mut Work<'_, '_>,
    key: [u8; 16],
    (kind, title): (MeetingKind, [&str; 3]),
    day: Day,
) -> Result<BookId, Stop> {
    let (place, meeting) = (village(), BookId::from_bytes(key));
    let scope = Scope::book(place.clone(), meeting);
    let call = Context::operator_permit::<CallMeetings>(&scope)?;
    let called = MeetingCalled {
        place: place.clone(),
        meeting,
        kind,
        names: names(title),
        date: day.into(),
        starts: Hour::new(19, 30),
        zone: Zone::Jakarta,
        venue: "Balai Kalurahan Sumbermulyo".into(),
        cooperation: Some(cooperation::demo::book()),
        parties: Vec::new(),
        elements: vec![Element::Council, Element::HamletHeads, Element::WomenFarmers, Element::Youth],
        source: MADE_UP.into(),
    };
    work.record(&call, &called)?;
    let items = [
        ["Laporan bank sampah", "쓰레기은행 보고", "Report of the waste bank"],
        ["Benih padi musim depan", "다음 철 볍씨", "Rice seed for the next season"],
    ];
    for (position, item) in (1..).zip(items) {
        let item = AgendaItemPut { place: place.clone(), meeting, position, names: names(item) };
        work.record(&call, &item)?;
    }
    let keep = Context::operator_permit::<KeepMeetings>(&scope)?;
    let ended = MeetingEnded {
        place: place.clone(),
        meeting,
        outcome: Outcome::Held,
        date: day.into(),
        minutes: Some(150),
        reason: String::new(),
        until: None,
    };
    work.record(&keep, &ended)?;
    let write = Context::operator_permit::<KeepMinutes>(&scope)?;
    let statement = EntryId::from_bytes(key);
    let mut said = TextWritten {
        place,
        meeting,
        statement,
        position: 1,
        speaker: "Ulu-ulu".into(),
        original: Tongue::Indonesian,
        lang: Tongue::Indonesian,
        text: "Timbangan bank sampah rusak; penimbangan tertunda dua kali. (contoh)".into(),
        base: Vec::new(),
    };
    work.record(&write, &said)?;
    said.lang = Tongue::Korean;
    said.text = "쓰레기은행 저울이 고장 나서 계량이 두 번 미뤄졌습니다. (예시)".into();
    work.record(&write, &said)?;
    Ok(meeting)
}

fn count(work: &mut Work<'_, '_>, meeting: BookId, came: [(Element, i64, i64); 3]) -> Result<(), Stop> {
    let place = village();
    let keep = Context::operator_permit::<KeepAttendance>(&Scope::book(place.clone(), meeting))?;
    for (element, women, men) in came {
        for (sex, count) in [(Sex::Women, women), (Sex::Men, men)].into_iter().filter(|(_, heads)| *heads > 0)
        {
            let who = Heads { element, sex, age: Age::Untold, disability: Disability::Untold };
            work.record(&keep, &HeadsCounted { place: place.clone(), meeting, who, count })?;
        }
    }
    work.record(&keep, &EntitledSet { place, meeting, entitled: 60, rule: None })?;
    Ok(())
}

/// A decision with a follow-up that is open; the follow-up.
fn decide(work: &mut Work<'_, '_>, meeting: BookId, text: [&str; 3], due: Day) -> Result<EntryId, Stop> {
    let place = village();
    let keep = Context::operator_permit::<KeepDecisions>(&Scope::book(place.clone(), meeting))?;
    let owner = Owner::Office("Ulu-ulu".into());
    let taken = DecisionTaken {
        place: place.clone(),
        meeting,
        item: None,
        text: names(text),
        reasons: MADE_UP.into(),
        dissent: String::new(),
        owner: Some(owner.clone()),
        due: Some(due),
        instrument: None,
        article: String::new(),
        proposal: None,
        obligation: None,
    };
    let decision = work.record(&keep, &taken)?;
    let text = names(text);
    work.record(&keep, &FollowUpOpened { place, meeting, decision, text, owner, due })
}

fn done(work: &mut Work<'_, '_>, meeting: BookId, follow_up: EntryId, day: Day) -> Result<(), Stop> {
    let place = village();
    let keep = Context::operator_permit::<KeepDecisions>(&Scope::book(place.clone(), meeting))?;
    let evidence = MADE_UP.into();
    work.record(&keep, &FollowUpClosed { place, meeting, follow_up, day, evidence })?;
    Ok(())
}

/// What was put to the meeting, with voices of a hall, and a ballot about it.
fn discuss(work: &mut Work<'_, '_>, meeting: BookId) -> Result<(), Stop> {
    const PROPOSED: [(&str, &str, i64, Element, Way, u8); 3] = [
        (
            "Lantai jemur padi di Gunungan (contoh)",
            "Lantai jemur 20 x 15 m di tanah kas. Gabah tidak lagi dijemur di jalan.",
            45_000_000,
            Element::Farmers,
            Way::Paper,
            23,
        ),
        (
            "Gerobak pilah sampah untuk tiap padukuhan (contoh)",
            "Enam belas gerobak dua sekat.",
            24_000_000,
            Element::FamilyWelfare,
            Way::Own,
            31,
        ),
        (
            "Lampu jalan di tikungan kali (contoh)",
            "Empat lampu tenaga surya.",
            8_000_000,
            Element::Youth,
            Way::Paper,
            12,
        ),
    ];
    let place = village();
    let scope = Scope::book(place.clone(), meeting);
    let propose = Context::operator_permit::<Propose>(&scope)?;
    let keep = Context::operator_permit::<KeepProposals>(&scope)?;
    let support = Context::operator_permit::<Support>(&scope)?;
    for (title, text, cost, element, way, voices) in PROPOSED {
        let made = ProposalMade {
            place: place.clone(),
            lang: Tongue::Indonesian,
            title: title.into(),
            text: text.into(),
            cost: Some(Rupiah::new(cost)),
            element,
            way,
        };
        let proposal = work.record(&propose, &made)?;
        work.record(&keep, &ProposalPut { place: place.clone(), proposal, meeting, item: None })?;
        for voice in 0..voices {
            let voice = Voice::Hall(format!("{voice:032x}"));
            work.record(&support, &SupportGiven { place: place.clone(), proposal, voice })?;
        }
    }
    let hall = Context::operator_permit::<KeepHall>(&scope)?;
    work.record(&hall, &HallOpened { place: place.clone(), meeting, entry: Admission::Free, most: 60 })?;
    work.record(&hall, &HallClosed { place: place.clone(), meeting })?;
    let count = Context::operator_permit::<KeepBallots>(&scope)?;
    let opened = BallotOpened {
        place: place.clone(),
        meeting,
        question: "Mana yang didahulukan? (contoh)".into(),
        method: Method::Hands,
        secrecy: Secrecy::Open,
        options: PROPOSED.iter().map(|it| it.0.into()).collect(),
        most: 1,
    };
    let ballot = work.record(&count, &opened)?;
    let votes = [(vec![1, 0, 0], 14), (vec![0, 1, 0], 17), (vec![0, 0, 1], 6)];
    let votes = votes.map(|(marks, count)| Votes { marks, count }).to_vec();
    work.record(&count, &VotesCounted { place: place.clone(), meeting, ballot, votes })?;
    work.record(&count, &BallotClosed { place, meeting, ballot, votes: Vec::new() })?;
    Ok(())
}
