proposals-deed-see = See proposals, their support, questions and answers
proposals-deed-propose = Make a proposal, amend it, ask and answer
proposals-deed-support = Support a proposal, one voice once
proposals-deed-keep = Put proposals to a meeting, record their withdrawal, take entries back
proposals-title = Proposals
proposals-list = The proposals of a place
proposals-one = One proposal with amendments, support and questions
proposals-list-of = Proposals: { $place }
proposals-lead = Anybody may propose something; what comes on paper is entered by an officer, without a name.
proposals-propose = Make a proposal
proposals-lang = Language of the text
proposals-lang-id = Indonesian
proposals-lang-ko = Korean
proposals-lang-en = English
proposals-title-field = In a line
proposals-text = Text
proposals-text-hint = What is wanted, where, for whom, and why. No name of a person.
proposals-cost = Estimated cost
proposals-cost-hint = In rupiah; leave it empty if it is not known.
proposals-element = From whom
proposals-element-hint = The part of the community that brought it.
proposals-way = How it came
proposals-way-own = I propose it
proposals-way-paper = On paper
proposals-came-own = Made by somebody with a role.
proposals-came-paper = It came on paper.
proposals-from = From: { $element }.
proposals-support-count = Voices
proposals-state = State
proposals-state-open = open
proposals-state-put = put to a meeting
proposals-state-decided = decided
proposals-state-withdrawn = withdrawn
proposals-is-open = It is open and not yet before a meeting.
proposals-is-put = It is before the meeting “{ $meeting }”.
proposals-is-decided = The meeting “{ $meeting }” decided about it.
proposals-is-withdrawn = It was withdrawn: { $reason }
proposals-open-decision = See the decision
proposals-support = Support it
proposals-texts = Text and amendments
proposals-amendment-n = Amendment { $n }
proposals-amendment = The text as it should be
proposals-amend = Propose an amendment
proposals-reasons = Reasons
proposals-talk = Questions and answers
proposals-no-questions = Nobody has asked anything yet.
proposals-no-answer = Not answered yet.
proposals-question = Question
proposals-ask = Ask a question
proposals-answer = Answer a question
proposals-answer-text = Answer
proposals-keep = For officers
proposals-on = Meeting or item of its agenda
proposals-put = Put it to the meeting
proposals-withdraw = Record that it was withdrawn
proposals-reason = Why it was withdrawn
proposals-take-back = Take an entry back
proposals-entry = Entry
proposals-entry-proposal = The whole proposal
proposals-entry-step = Its last step: to a meeting, or its withdrawal
proposals-entry-amendment = Amendment
proposals-entry-question = Question
proposals-entry-answer = Answer
proposals-why = Why it is taken back
proposals-open = All proposals of the place
proposals-done-made = The proposal is recorded.
proposals-done-amended = The amendment is recorded.
proposals-done-asked = The question is recorded.
proposals-done-answered = The answer is recorded.
proposals-done-supported = Your voice is counted.
proposals-done-put = The proposal is before the meeting.
proposals-done-withdrawn = The withdrawal is recorded.
proposals-done-taken-back = The entry is taken back.
proposals-no_proposal = There is no such proposal here. Choose one from the list.
proposals-no_text = Write what you mean; this is empty.
proposals-too_long = That is too long. Write at most { $most } characters.
proposals-cost_below_zero = Nothing costs less than nothing. Write zero or more.
proposals-same_text = This is the text as it is. Write what should change.
proposals-supported_before = This voice supports the proposal already, and counts once. Nothing more is to do.
proposals-closed = It was decided or withdrawn, so nothing is added any more. Make a new proposal.
proposals-no_question = Choose a question from the list.
proposals-no_meeting = There is no such meeting or item here. Choose one from the list.
proposals-meeting_over = That meeting is over. Choose one that is still to come.
proposals-put_before = It is before that meeting already. Nothing more is to do.
proposals-no_reason = Write why it was withdrawn.
proposals-not_its_entry = That entry is none of this proposal. Choose one from the list.
proposals-voices = { $count ->
    [one] One voice.
   *[other] { $count } voices.
}
proposals-of-meeting = { $count ->
    [0] No proposal was put to this meeting.
    [one] One proposal was put to this meeting.
   *[other] { $count } proposals were put to this meeting.
}
proposals-of-village = { $count ->
    [0] No proposal is open.
    [one] One proposal is open.
   *[other] { $count } proposals are open.
}
