decisions-deed-see = See what meetings decided and what is still open
decisions-deed-keep = Record decisions, open what follows from them, close it with evidence
decisions-title = Decisions
decisions-page = What a meeting decided
decisions-one = One decision and what follows from it
decisions-one-lead = Decided by “{ $meeting }”, { $date }.
decisions-open = All decisions of the meeting
decisions-none = Nothing has been decided yet.
decisions-of-paper = Decisions about this paper
decisions-take = Record a decision
decisions-item = Item of the agenda
decisions-text = Decision
decisions-text-id = In Indonesian
decisions-text-ko = In Korean
decisions-text-en = In English
decisions-text-hint = One language is enough; the others may follow.
decisions-reasons = Reasons
decisions-dissent = Dissent
decisions-dissent-hint = Who was of another mind, and why. No name of a person.
decisions-owner = Who has it
decisions-office = Or an office
decisions-office-hint = Such as “Ulu-ulu” or “Sekda”. No name of a person.
decisions-due = By
decisions-paper = Paper of the cooperation
decisions-article = Article
decisions-follow-up = Follow-up
decisions-follow-ups = Follow-ups
decisions-no-follow-ups = Nothing follows from this decision yet.
decisions-follow-as-is = Open a follow-up with this owner and day
decisions-follow = Open a follow-up
decisions-follow-hint = What you leave empty is taken from the decision.
decisions-close = Close a follow-up
decisions-closed = Done on
decisions-closed-hint = Leave it empty for today.
decisions-evidence = Evidence
decisions-evidence-hint = How one can see that it is done: a receipt, a photo, a number. No name of a person.
decisions-state = State
decisions-state-open = open
decisions-state-late = late
decisions-state-closed = closed
decisions-open-of = Follow-ups: { $place }
decisions-open-of-place = What is still open of the decisions of a place
decisions-open-of-cooperation = What is still open of the decisions of a cooperation
decisions-open-list = Open the list
decisions-open-count = { $open ->
    [0] No follow-up is open.
    [one] One follow-up is open, none is late.
   *[other] { $open } follow-ups are open, none is late.
}
decisions-open-late = { $open ->
    [one] One follow-up is open, late since { $since }.
   *[other] { $open } follow-ups are open, { $late } late since { $since }.
}
decisions-done-taken = The decision is recorded.
decisions-done-followed = The follow-up is open.
decisions-done-closed = The follow-up is closed.
decisions-no_decision = This meeting took no such decision. Choose one from its list.
decisions-no_follow_up = Choose an open follow-up from the list.
decisions-no_text = Write it in one language at least.
decisions-too_long = That is too long. Write at most { $most } characters.
decisions-not_met = The meeting has not met, so it cannot decide. Record that it was held, or call it anew.
decisions-no_item = The agenda has no such item. Choose one from the list.
decisions-no_paper = The cooperation of this meeting has no such paper. Choose one from the list.
decisions-article_of_nothing = Choose the paper that the article is of.
decisions-no_owner = Say who has it: choose from the list, or write an office.
decisions-two_owners = Choose one from the list or write an office, not both.
decisions-no_due = Say by when.
decisions-due_before = The meeting was on { $date }. Choose that day or a later one.
decisions-no_evidence = Write how one can see that it is done.
decisions-closed_before = It was closed on { $day } already. Nothing more is to do.
decisions-day_ahead = { $day } has not come yet; today is { $today }. Write the day on which it was done.
