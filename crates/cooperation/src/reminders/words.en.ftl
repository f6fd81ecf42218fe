reminders-deed-see = See what falls due in the cooperations of a region
reminders-deed-keep_calendar = Make a calendar link of one’s own, and take it away
reminders-menu = What is due
reminders-title = What is late and what falls due
reminders-due = What is late and what falls due in all cooperations of a region
reminders-make = Make a calendar link
reminders-end = Take this link away
reminders-calendar = In your own calendar
reminders-calendar-lead = A calendar program that is given this address shows every day on which something falls due. Whoever has the address can read it; take it away when it is no longer needed.
reminders-calendar-name = Simpul: what falls due
reminders-days = Days ahead
reminders-show = Show
reminders-late = { $late ->
    [one] One is late, since { $since }
   *[other] { $late } are late, the oldest since { $since }
 }; { $soon } { $soon ->
    [one] falls
   *[other] fall
 } due within { $days } days; legal steps that wait: { $steps }.
reminders-none-late = Nothing is late; { $soon } { $soon ->
    [one] falls
   *[other] fall
 } due within { $days } days; legal steps that wait: { $steps }.
reminders-what = What
reminders-of = Cooperation
reminders-kind = Kind
reminders-kind-obligation = obligation
reminders-kind-paper = paper that ends
reminders-kind-step = legal step
reminders-who = Who has it
reminders-day = Due
reminders-since = Since
reminders-state = State
reminders-state-late = late
reminders-state-due = due soon
reminders-state-waits = waits
reminders-event = { $what }
reminders-event-late = Late: { $what }
reminders-event-more = { $of }. Who has it: { $who }
reminders-done-made = The calendar link is made. Copy it into your calendar program.
reminders-done-ended = The calendar link is taken away; it opens nothing any more.
reminders-too_far = Write 0 to { $most } days.
reminders-no_link = There is no such calendar any more. Make a new link on the page of what is due.
reminders-too_many = You have { $most } links already. Take one away first.
reminders-deed-see_outbox = See the reminders that wait and those that were sent
reminders-keep-address = Say where one wants to be reminded by e-mail
reminders-mail = By e-mail
reminders-mail-lead = One letter a day while something is late or falls due within two weeks, where this site has a mail server. Officers see in the outbox what is sent to whom.
reminders-address = E-mail address
reminders-address-hint = Leave it empty to get no letters.
reminders-save = Save
reminders-outbox = Outbox
reminders-outbox-list = The reminders that wait and those that were sent
reminders-outbox-lead = Letters wait here until a mail server takes them. What failed is tried again by the next run.
reminders-letter-day = Of
reminders-letter-sent = sent
reminders-letter-waits = waits
reminders-letter-failed = failed
reminders-subject = Subject
reminders-body = Letter
reminders-sent = Sent
reminders-attempts = Attempts
reminders-problem = What the server said
reminders-mail-subject = Simpul: { $late } late, { $due } due within two weeks
reminders-mail-late = Late since { $day }: { $what } ({ $of }). Who has it: { $who }
reminders-mail-due = Due on { $day }: { $what } ({ $of }). Who has it: { $who }
reminders-mail-foot = You get this because you left this address on that page; take it away there.
reminders-done-address = Your choice is saved.
reminders-no_address = This is no e-mail address. Write it as in nama@contoh.id, or leave it empty.
