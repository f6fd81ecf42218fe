minutes-deed-see = Read the minutes of a meeting, drafts among them
minutes-deed-keep = Write minutes, check translations, freeze them for approval
minutes-deed-approve = Approve frozen minutes for a party
minutes-title = Minutes
minutes-page = The minutes of a meeting
minutes-sheet = The minutes of a meeting on paper
minutes-open = Open the minutes
minutes-count = { $count ->
    [0] No statement has been written yet.
    [one] One statement.
   *[other] { $count } statements.
}
minutes-none = No statement has been written yet.
minutes-state-draft = They are a draft.
minutes-state-frozen = They are frozen and wait for approval.
minutes-state-changed = They were changed after they were frozen; freeze them anew for approval.
minutes-state-agreed = They are agreed.
minutes-text-draft = draft
minutes-text-checked = checked
minutes-text-agreed = agreed
minutes-text-behind = the original is newer
minutes-tongue = Language
minutes-tongue-id = Indonesian
minutes-tongue-ko = Korean
minutes-tongue-en = English
minutes-add = Add a statement
minutes-speaker = Who speaks
minutes-speaker-hint = An office, a party or an element, such as “Ulu-ulu”. No name of a person.
minutes-text = What is said
minutes-text-hint = In the language in which it is said. Enter takes it, Shift+Enter breaks the line.
minutes-waiting = Kept in this browser; it is sent as soon as the server answers.
minutes-saved = Stored.
minutes-refused = It could not be stored as it is. Check the text.
minutes-save = Save
minutes-change = Change: { $tongue }
minutes-translate = Translate: { $tongue }
minutes-check-text = Checked: { $tongue }
minutes-merge = Two texts were written at the same time: make one of them
minutes-merge-count = { $count ->
    [one] One text was written twice at the same time. Both stand below; make one of them.
   *[other] { $count } texts were written twice at the same time. Both stand below; make one of them.
}
minutes-print = Print
minutes-freeze = Freeze for approval
minutes-freeze-hint = Who approves, approves exactly these words. Whatever is changed later is frozen and approved anew.
minutes-approve = Approval
minutes-approved-by = Approved by
minutes-party = For the party
minutes-office = For the meeting
minutes-office-hint = An office, such as “Lurah” or “Ketua BPKal”. No name of a person.
minutes-hash = SHA-256 of the text:
minutes-checkpoint = Checkpoint of the journal
minutes-checkpoint-hint = The signed checkpoint of { $size } entries. Whoever has it can prove what was in the journal when this was printed.
minutes-done-added = The statement is recorded.
minutes-done-written = The text is recorded.
minutes-done-checked = The text is marked as checked.
minutes-done-frozen = The minutes are frozen and can be approved.
minutes-done-approved = The approval is recorded.
minutes-no_text = Write what was said.
minutes-too_long = That is too long. Write at most { $most } characters.
minutes-not_met = The meeting was cancelled. Call it anew before you write minutes.
minutes-no_statement = There is no such statement. Open the minutes again.
minutes-unknown_base = The text was changed since you opened it. Open the minutes again; what you wrote is still in your browser.
minutes-to_merge = { $count } texts stand side by side. Make one of them first.
minutes-empty = There is nothing to freeze yet. Write a statement first.
minutes-changed_meanwhile = The text was changed since you opened it. Read it again, then decide.
minutes-not_frozen = Freeze the minutes first, so that all approve the same words.
minutes-other_version = The text was changed since it was frozen. Freeze it anew, then approve.
minutes-nobody = Say for whom you approve: a party, or an office.
minutes-approved_before = This party has approved already. Nothing more is to do.
minutes-write = Write a text of a statement, based on what was seen
minutes-check = Mark a text as checked
