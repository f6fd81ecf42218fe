ballots-deed-see = See ballots and how their results come about
ballots-deed-vote = Vote in a ballot, one voice once
ballots-deed-keep = Open and close ballots, enter counts and reservations
ballots-list = The ballots of a meeting
ballots-one = One ballot with its result
ballots-title = Ballots
ballots-none = No ballot was opened.
ballots-open-list = All ballots of the meeting
ballots-open = Open a ballot
ballots-question = Question
ballots-method = Method
ballots-method-hands = One choice, by show of hands
ballots-method-consensus = Consensus with reservations
ballots-method-score = Score
ballots-method-dots = Dots
ballots-method-pairs = Pairs, by order
ballots-secrecy = Open or secret
ballots-secrecy-open = open
ballots-secrecy-secret = secret
ballots-secrecy-hint = It cannot be changed later. Of a secret ballot nobody can find out who voted for what.
ballots-options = Options
ballots-options-hint = A line each. A consensus needs none: it is about the question.
ballots-most = Highest score, or dots of a voice
ballots-most-hint = Only for score and dots.
ballots-is-open = still open
ballots-is-closed = closed
ballots-you-voted = You have voted.
ballots-vote = Vote
ballots-choice = Your choice
ballots-how-score = Give each a score from 0 to { $most }.
ballots-how-dots = Spread { $most } dots as you like.
ballots-how-pairs = Write 1 beside the best, 2 beside the next, and so on. What you leave empty comes last.
ballots-stand-agree = Agree
ballots-stand-aside = Stand aside with a reservation
ballots-stand-block = Block
ballots-outcome = Result
ballots-tie = Several are even at the top: the meeting decides.
ballots-agreed = There is consensus.
ballots-not-agreed = There is no consensus.
ballots-rank = Rank
ballots-option = Option
ballots-arithmetic = How it was counted
ballots-pairs-explained = Voices for it : voices for the other, pair by pair. Two points for each pair won, one for each even one.
ballots-reservations = Reservations
ballots-reservation = Reservation
ballots-reserve = Record a reservation
ballots-keep = For officers
ballots-lines = Votes on paper
ballots-lines-hint = A line for each sort of vote: the marks in the order of the options, x, and how many. Such as: 5 3 0 x 12
ballots-count = Enter a count by hand
ballots-close = Close the ballot
ballots-take-back = Take an entry back
ballots-entry-reservation = Reservation
ballots-entry-count = Count by hand
ballots-entry-closing = The closing
ballots-done-opened = The ballot is open.
ballots-done-voted = Your vote is counted.
ballots-done-counted = The count is entered.
ballots-done-reserved = The reservation is recorded.
ballots-done-closed = The ballot is closed.
ballots-done-taken-back = The entry is taken back.
ballots-no_ballot = This meeting has no such ballot. Choose one from its list.
ballots-no_question = Write what is asked.
ballots-too_long = That is too long. Write at most { $most } characters.
ballots-wrong_options = Write from { $least } to { $most } options, a line each.
ballots-option_twice = An option is there twice. Take one of them away.
ballots-most_out_of_range = Write a number from 1 to { $most }.
ballots-wrong_marks = These marks do not fit the method. Look at the explanation above the fields.
ballots-too_many_dots = Each voice has { $most } dots. Take some away.
ballots-voted_before = This voice has voted already, and counts once. Nothing more is to do.
ballots-not_joined = Join the hall of the meeting first, with its code.
ballots-closed = The ballot is closed. Ask the secretary if that was a mistake.
ballots-nothing_counted = Enter at least one vote.
ballots-count_out_of_range = Write a number from 1 to { $most }.
ballots-no_text = Write what the reservation is.
ballots-no_consensus = Only a consensus knows reservations. Open such a ballot.
ballots-not_its_entry = That entry cannot be taken back here. Choose one from the list.
ballots-voters = { $count ->
    [0] Nobody has voted.
    [one] One has voted.
   *[other] { $count } have voted.
}
ballots-sealed = { $count ->
    [0] Nobody has voted from a telephone. The result is shown when the ballot is closed.
    [one] One has voted from a telephone. The result is shown when the ballot is closed.
   *[other] { $count } have voted from telephones. The result is shown when the ballot is closed.
}
