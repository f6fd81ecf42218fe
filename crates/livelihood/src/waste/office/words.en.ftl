## The banks of a village
waste-deed-see_banks = See which waste banks a village has
waste-office-menu = Waste banks
waste-office-banks = Waste banks
waste-office-banks-lead = Who brings waste here, what it comes to, and what is owed for it.
waste-office-no-bank = The village has no waste bank yet.
waste-office-to-banks = All waste banks
waste-office-bank = Bank
waste-office-kind = Kind
waste-office-kind-unit = Unit bank
waste-office-kind-main = Main bank
waste-office-kind-hint = A unit bank serves members; a main bank gathers from unit banks.
waste-office-main = Sells to the main bank
waste-office-main-hint = Leave it empty if the bank sells to collectors only.
waste-office-since = Since
waste-office-bank-open = Open a bank
waste-office-bank-name = Name of the bank
waste-office-bank-name-hint = What people call it; not the name of a person.
waste-office-done-opened = The bank is open. Name its sorts and set prices, then weighing can begin.

## The page of a bank
waste-office-crumbs = Where you are
waste-office-rooms = Pages of this bank
waste-office-dashboard = A waste bank and its figures
waste-office-last-evidence = The last entry is of { $day }.
waste-office-no-evidence = Nothing has been booked yet.
waste-office-to-counter = Weigh in
waste-office-to-members = Members
waste-office-wrong = Something in the books cannot be. Look at it first.
waste-office-wrong-cash = The cash box stands { $amount } below zero. Count it, then book the income that is missing.
waste-office-wrong-stock = { $amount } more of { $sort } was sold than was weighed in. Look for a weigh-in that is missing, or take a wrong sale back.
waste-office-wrong-member = A savings book stands { $amount } below zero. Compare it with the paper book.
waste-office-wrong-advance = More was repaid on an advance than was paid out, by { $amount }. Look at the member’s savings book.
waste-office-begin = Before weighing can begin
waste-office-begin-sorts = Name the sorts of waste that the bank takes
waste-office-begin-prices = Set the first price list
waste-office-begin-share = Say what the managers keep
waste-office-begin-payout = Say when money may be taken out
waste-office-begin-teller = Appoint a teller, who keeps the books
waste-office-begin-members = Take in the first members
waste-office-begin-done = done
waste-office-begin-open = to do
waste-office-kept = Kept out of the dump
waste-office-kept-this-month = Kept out of the dump this month
waste-office-since-day = since { $day }
waste-office-and-pieces = and { $pieces }
waste-office-active = Members who brought something
waste-office-active-this-month = Members active this month
waste-office-of-members = of { $count ->
    [one] one member
   *[other] { $count } members
 }
waste-office-of-households = the village has { $count ->
    [one] one household
   *[other] { $count } households
 }
waste-office-owed = Owed to members
waste-office-owed-note = Members owe { $amount } from advances.
waste-office-cash = Cash box
waste-office-cash-covers = It covers what is owed.
waste-office-cash-short = { $amount } less than is owed; that much lies in the store or with collectors.
waste-office-cash-old = The old cash box is not booked yet: book it in the cash book as start-up money or grant.
waste-office-margin = Margin
waste-office-margin-note = before costs of { $costs }
waste-office-margin-how = Margin: what collectors paid, less what members earned for what was sold and for what was lost with it, at the average of all that was weighed in.
waste-office-chart-kept = Kept out of the dump, by month and sort
waste-office-chart-kept-note = Kilograms weighed in during the last twelve months; counted pieces are not in it.
waste-office-chart-active = Members active, by month
waste-office-chart-active-note = Members who brought waste at least once in the month.
waste-office-chart-money = Paid by collectors and earned by members, by month
waste-office-chart-money-note = What is weighed in one month may be sold in another.
waste-office-other-sorts = Other sorts
waste-office-by-sort = Margin and loss by sort
waste-office-carbon-avoided = Greenhouse gas avoided
waste-office-carbon-sum = { $avoided } CO₂e. The figure speaks for { $share } of the weight; the other sorts have no figure.
waste-office-carbon-sources = By the figures of:

## Lists of what was weighed in
waste-office-months = Sums by month and sort
waste-office-months-lead = What was weighed in, sold and lost. What is taken back later counts in the month in which it came.
waste-office-lines = What was weighed in
waste-office-lines-cut = Only the newest { $count } lines are shown. Choose fewer days to see the others.
waste-office-from-to = From { $from } to { $to }
waste-office-from = From
waste-office-to = To
waste-office-show = Show
waste-office-month = Month
waste-office-day = Day
waste-office-number = No.
waste-office-member = Member
waste-office-code = Code
waste-office-sort = Sort
waste-office-qty = Quantity
waste-office-price = Price
waste-office-worth = Worth
waste-office-managers-part = Managers’ part
waste-office-earned = Earned by members
waste-office-in = Weighed in
waste-office-sold = Sold
waste-office-revenue = Paid by collectors
waste-office-shrunk = Lost
waste-office-lost-share = Lost, %
waste-office-state = State
waste-office-entry = Entry
waste-office-entry-number = Number on a receipt or delivery note
waste-office-entry-number-hint = The long number at its foot.
waste-office-entry-find = Find
waste-office-taken-back = taken back

## The store
waste-office-store = Store
waste-office-store-lead = What lies in the store of each sort, and what became of the rest.
waste-office-stock = In the store
waste-office-shrunk-how = Lost: weighed in, but neither sold nor there when the store was empty. It is known only after a sale that empties the store; the percentage is of all that has left the store.

## Sorts
waste-office-sorts = Sorts
waste-office-sorts-lead = What the bank takes. A sort may be a kind of another: plastic, bottle, clean PET.
waste-office-sort-new = New sort
waste-office-sort-name = Name a sort
waste-office-sort-edit = A sort
waste-office-sort-edit-one = Sort { $code }
waste-office-sort-taken = taken
waste-office-sort-retired = no longer taken
waste-office-code-hint = 1 to 12 letters, digits and hyphens; what a teller types, such as PET.
waste-office-unit = Unit
waste-office-unit-hint = It cannot be changed later: weights are booked in it.
waste-office-unit-kg = kilogram
waste-office-unit-piece = piece
waste-office-name-id = Name in Indonesian
waste-office-name-ko = Name in Korean
waste-office-name-en = Name in English
waste-office-name-hint = Where a name is missing, the Indonesian one is shown.
waste-office-parent = A kind of
waste-office-parent-hint = Leave it empty for a sort at the top.
waste-office-destination = What becomes of it
waste-office-destination-hint = For example: recycled, compost, maggots.
waste-office-carbon = CO₂e avoided by a kilogram
waste-office-carbon-field = Grams of CO₂e avoided by a kilogram
waste-office-carbon-hint = Leave it empty if you have no source for it; then nothing is counted.
waste-office-carbon-source = Source of the figure
waste-office-carbon-source-hint = Who says so: a regulation, a study, with its year.
waste-office_no_source = A figure without a source is not taken. Name the source, or empty the figure.
waste-office-retire = No longer taken
waste-office-retire-hint = It disappears from the counter; what was booked stays.
waste-office-done-sort = The sort is named.
waste-office-save = Save
waste-office-cancel = Cancel

## Prices
waste-office-prices = Prices
waste-office-prices-on = Prices on { $day }
waste-office-prices-new = New price list
waste-office-prices-new-lead = It begins from the list in force. What was weighed before keeps its price.
waste-office-prices-set = Set a price list
waste-office-prices-empty = Leave a price empty for a sort that is not taken while this list holds.
waste-office-prices-dropped = No longer on the list: { $sorts }
waste-office-prices-history = All price lists
waste-office-no-prices = No list holds on this day.
waste-office-side = List
waste-office-prices-other = To the other list
waste-office-side-buying = Buying from members
waste-office-side-selling = Selling to collectors
waste-office-valid-from = Holds from
waste-office-valid-since = Since { $day }
waste-office-changes-since = changes against the list of { $day }
waste-office-price-change = Change
waste-office-price-new = new
waste-office-price-now = Price now
waste-office-price-new-column = New price
waste-office-per-kg = Rupiah for a kilogram
waste-office-per-piece = Rupiah for a piece
waste-office-sorts-count = Sorts
waste-office-in-force = in force
waste-office-share-to-come = From { $day }: { $share }
waste-office-rule-from = From { $day }
waste-office-to-come = to come
waste-office-past = past
waste-office-done-prices = The price list is set.

## Settings
waste-office-settings = Share and payout rules
waste-office-share = Managers’ share
waste-office-share-lead = What the bank keeps of the worth that a member brings.
waste-office-sorts-all = All sorts
waste-office-every-sort = Every sort without its own
waste-office-share-percent = Share in per cent
waste-office-share-hint = 0 to 100, for example 20 or 12.5.
waste-office-share-sort = For the sort
waste-office-share-set = Set the share
waste-office-payout = Paying out
waste-office-payout-lead = When and how much members may take out.
waste-office-payout-set = Set the rules
waste-office-kept-min = Stays in every savings book
waste-office-kept-min-hint = Whole rupiah; 0 if a book may be emptied.
waste-office-first-after = Days until the first payout
waste-office-first-after-hint = Days after joining; 0 for at once.
waste-office-days = { $count ->
    [one] one day
   *[other] { $count } days
 }
waste-office-history = What held before
waste-office-done-set = The rule is set.

## Sales
waste-office-sales = Sales
waste-office-sales-lead = What was sold to collectors, at their weights and prices.
waste-office-sale-new = New sale
waste-office-sale-lead = Write what the collector’s scale shows. What the store has lost follows from it.
waste-office-sale-row = Line { $n }
waste-office-sale-hint = A line without a weight is not sold. Where the store is empty of a sort now, what is missing counts as lost.
waste-office-in-store = in the store: { $qty }
waste-office-weight-sold = Weight (kg) or pieces
waste-office-price-paid = Rupiah per kg or piece
waste-office-emptied = The store is empty now
waste-office-sale-more = More lines
waste-office-sell = Book the sale
waste-office-collector = Collector
waste-office-no-collectors = No collector is registered yet.
waste-office-collector-new = Register a collector as a group of the village
waste-office-collector-ask = Ask the village office to register the collector as a group.
waste-office-done-sold = The sale is booked.
waste-office-note = Delivery note
waste-office-note-undone = Taken back on { $day }: { $reason }
waste-office-paper-a4 = On A4
waste-office-paper-a6 = On A6
waste-office-to-entry = The entry in the books
waste-office-amount = Amount
waste-office-total = Total

## The cash book
waste-office-cash-book = Cash book
waste-office-cash-opening = In the box before
waste-office-cash-closing = In the box after
waste-office-cash-in = In
waste-office-cash-out = Out
waste-office-balance = Balance
waste-office-what = What
waste-office-cash-sale = Sale to a collector
waste-office-cash-member = Payout to a member
waste-office-cash-many = Payout to many
waste-office-cash-advance = Advance to a member
waste-office-cash-move = Other money in or out
waste-office-cash-move-lead = Sales and payouts are booked on their own pages and come here by themselves.
waste-office-purpose = What for
waste-office-amount-hint = Whole rupiah, for example 25000.
waste-office-note-text = Note
waste-office-note-hint = No name of a person.
waste-office-book-it = Book it
waste-office-done-moved = It is in the cash book.

## Closing
waste-office-closing = Closing the books
waste-office-closings = What was closed
waste-office-closed-until = The books are closed until { $day }. Nothing is booked on that day or before it any more.
waste-office-closed-never = No day has been closed yet.
waste-office-close-day = Close a day
waste-office-close-day-lead = Count the cash box. The difference is shown before anything is booked.
waste-office-close-day-of = Close { $day }
waste-office-close-day-now = Close the day
waste-office-close-day-today = { $day } is today. Once it is closed, nobody can weigh, sell, pay out, move cash or take anything back until { $next }, and closing cannot be taken back before then. Close it only when the work of the day is done.
waste-office-count-again = Count again
waste-office-compare = Compare
waste-office-cash-by-book = Cash by the book
waste-office-cash-counted = Cash as counted
waste-office-cash-counted-hint = All notes and coins, in whole rupiah; 0 if the box is empty.
waste-office-difference = Difference
waste-office-no-difference = The count agrees with the book.
waste-office-too-little = { $amount } is missing. Look for a payout or a cost that was not booked. If you find none, close the day, then book the difference in the cash book on the next day.
waste-office-too-much = { $amount } is too much. Look for a sale or income that was not booked. If you find none, close the day, then book the difference in the cash book on the next day.
waste-office_cash_changed = The cash book says { $cash } by now. Compare once more.
waste-office-close-month = Close a month
waste-office-show-month = Show what it closes with
waste-office-close-month-of = Close { $month }
waste-office-close-month-ends = Once the month is closed, nothing can be booked any more on a day up to { $day }. What is wrong in it is then taken back on a later day.
waste-office-month-uncovered = The cash box holds { $amount } less than is owed to members. That may be right, when waste is in store that will be sold; if not, look for it first.
waste-office-close-month-now = Close the month
waste-office-month-back = Back, close nothing
waste-office_owed_changed = Meanwhile something of this month was booked: { $owed } is owed now. Look at the month again, then close it.
waste-office-close-month-lead = Keeps what is in the cash box and what is owed to members at the end of the month.
waste-office-month-due = { $month } is not closed yet.
waste-office-no-month-open = Every month that is over is closed.
waste-office-closed-day = Closed until
waste-office-closing-kind = What
waste-office-closing-day = Day
waste-office-closing-month = Month
waste-office-done-closed = Closed.

## Importing a file
waste-office-import = Import weigh-ins
waste-office-import-lead = A file with one line for each sort that a member brought on a day. You see what would be booked before anything is. The same file twice books nothing twice.
waste-office-import-file = A file
waste-office-import-check = Check the file
waste-office-import-all = Every line is in the books.
waste-office-import-some = The good lines are in the books; { $count ->
    [one] one line is
   *[other] { $count } lines are
 } not.
waste-office-import-look = Nothing is booked yet. Compare days and weights with your paper, then book.
waste-office-import-waits = Nothing is booked yet: { $count ->
    [one] one line is
   *[other] { $count } lines are
  } wrong. Mend the file and send it again, or book without what is wrong.
waste-office-import-stopped = The books changed meanwhile, so the booking stopped: { $count ->
    [one] one line is wrong now
   *[other] { $count } lines are wrong now
  }, and { $left ->
    [one] one weigh-in waits
   *[other] { $left } weigh-ins wait
  }. Mend the file and send it again, or book without what is wrong.
waste-office-import-none = No line of the file can be booked. Mend it and send it again.
waste-office-import-book = Book { $count ->
    [one] one weigh-in
   *[other] { $count } weigh-ins
  }
waste-office-import-good = Book { $count ->
    [one] one weigh-in
   *[other] { $count } weigh-ins
  }, leave { $wrong ->
    [one] one line
   *[other] { $wrong } lines
  } out
waste-office-import-ready = Weigh-ins to be booked
waste-office-import-members = Members
waste-office-import-first = First day
waste-office-import-last = Last day
waste-office-import-weight = Weight
waste-office-import-first-lines = The first lines as they were read
waste-office-import-rejects = The wrong lines as CSV
waste-office-import-rest = Book a file that was looked at, or fetch its wrong lines
waste-office-import-rows = Lines in the file
waste-office-import-booked = Weigh-ins booked
waste-office-import-known = Weigh-ins known before
waste-office-import-problems = Wrong lines
waste-office-import-template = A file to fill in
waste-office-import-template-lead = A file to fill in, with the sorts of this bank:
waste-office-file = CSV or XLSX
waste-office-file-hint = Columns: day, member’s number, code of the sort, weight.
waste-office_file_gone = The file is no longer here. Choose it once more.
waste-office-file-line = Line
waste-office-file-column = Column
waste-office-file-row = What stands there
waste-office-file-problem = What is wrong
waste-office-file-day = day
waste-office-file-member = member
waste-office-file-sort = sort
waste-office-file-weight = weight
waste-office-file-name = name of the sort
