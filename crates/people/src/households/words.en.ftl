people-deed-see_households = See households with their names
people-deed-keep_households = Register, rename, move, close and import households
people-deed-erase = Erase what is known of a person
households-menu = Households
households-list = Households
households-one = A household
households-in-village = { $count ->
    [one] One household is registered.
   *[other] { $count } households are registered.
  }
households-by-hamlet = By hamlet
households-count = Households
households-open-list = Open the list of households
households-show = Show
households-register = Register a household
households-save = Save
households-sealed = Name, card and telephone are sealed with a key of the household's own. Partners and the public never see them.
households-head = Head of the household
households-hamlet = Hamlet
households-rt = Neighbourhood (RT)
households-card = Number of the family card (KK)
households-card-hint = 16 digits. It may stay empty; it helps to recognise the household in a file.
households-phone = Telephone
households-since = Known since
households-no-hamlets = The village has named no hamlets yet. The household is registered for the village as a whole.
households-nameless = Name erased
households-erased-lead = What was known of this household was erased. What it earned and brought stays, without a name.
households-persons = Persons
households-add-person = Add a person
households-add-person-lead = For a member of the household who takes part for their own part, such as a pupil. The name is sealed.
households-person-name = Name of the person
households-done-person = The person is registered.
households-change = Change
households-rename = Change name, card or telephone
households-move = Moved to another hamlet
households-moved-on = Moved on
households-close = Close the household
households-close-lead = For a household that left the village or is no more. It is no longer counted; what it did stays.
households-closed-on = Closed on
households-done-registered = The household is registered.
households-done-renamed = The new name is saved.
households-done-moved = The move is saved.
households-done-closed = The household is closed.
households-done-erased = What was known of the person is erased.
households-erase = Erase personal data
households-erase-warning = The name { $name } will be erased for ever. Nobody can bring it back, not even we.
households-erase-goes = Name, family card and telephone are destroyed here, with the key that opens them.
households-erase-stays = What the household brought, earned and was paid stays, without a name, so that the sums stay right.
households-erase-backups = Older backups cannot show the name any more, unless somebody kept a copy of an old key file.
households-erase-paper = Printed passbooks and files that were saved elsewhere are not reached. Collect them, too.
households-ground = Ground
households-ground-hint = The ground is kept; that is why it is chosen from a list and nothing is written.
households-ground-asked = The person asked for it (Law 27/2022, articles 43 and 44)
households-ground-consent_withdrawn = The person took back the consent
households-ground-purpose_ended = The data is no longer needed
households-ground-mistake = The data came here by mistake or against the law
households-ground-ordered = An authority or a court ordered it
households-erase-confirm = I have checked that this is the right person, and I know that it cannot be undone.
households-erase-now = Erase for ever
households-erase-not = Do not erase
households-erase-back = Back to where you came from
households-import = Import households
households-import-lead = Bring a list as CSV or XLSX, for example an export of OpenSID. You see what would come of it before anything is saved.
households-file = File
households-file-hint = CSV with commas, semicolons or tabs, or XLSX. The first line names the columns.
households-import-next = Next
households-import-memory = Until it is booked the file lies in the memory of the server alone, on no disk, for at most 30 minutes.
households-import-columns = Columns that are understood
households-import-columns-how = Each of these names will do, in capitals or not; those that OpenSID uses come first. If a column has another name, you say on the next page what it holds.
households-import-needed = needed
households-import-preview = Look at what an import would do
households-import-file = { $file }: { $rows ->
    [one] one line
   *[other] { $rows } lines
  }
households-mapping = Which column is what
households-relation = Place in the household
households-relation-hint = Choose it when the file has a line for each person: only heads of households are taken.
households-name-hamlets = Name hamlets that the village has not named yet
households-look-again = Look again
households-not-read = Every other column, such as NIK, birth date or religion, is not kept.
households-preview = What would come of it
households-sum-new = New households
households-sum-known = Here already
households-sum-members = Lines of further members, not kept
households-sum-hamlets = New hamlets
households-sum-wrong = Wrong lines
households-problems = What is wrong
households-problems-first = The first { $count } are shown; the file has them all.
households-rejects = Save the wrong lines as a file to correct
households-import-rejects = The wrong lines of an import as a file
households-import-book = Import { $count ->
    [one] one household
   *[other] { $count } households
  }
households-import-good = Import { $count ->
    [one] one household
   *[other] { $count } households
  }, leave { $wrong ->
    [one] one wrong line
   *[other] { $wrong } wrong lines
  } out
households-first-lines = The first lines
households-imported = The file is imported
households-left-out = These lines were left out. Save them as a file now, since they are kept for half an hour at most; correct it and bring it again.
households-line = Line
households-column = Column
households-row = What stands there
households-why = What is wrong

households-not_found = There is no such household in this village. Look for it in the list of households, or register it first.
households-no_name = Write the name.
households-long_name = The name is too long. Use at most { $most } letters.
households-wrong_card = { $card } is not the number of a family card. It has 16 digits; leave it empty if you do not know it.
households-rounded_card = { $card }: the spreadsheet has rounded the card number. Format the column as text and enter the 16 digits again.
households-card_known = Another household has this family card already. Look for it by the number.
households-wrong_phone = { $phone } is no telephone number. Write 7 to 15 digits, with + before them if you like.
households-no_hamlet = Choose the hamlet in which the household lives.
households-unknown_hamlet = The village has no hamlet called { $hamlet }. It has: { $known }. Correct the name, or name the hamlet first.
households-wrong_rt = { $rt } is no neighbourhood. Write a number from 1 to 99.
households-day_ahead = { $day } has not come yet. Choose today or an earlier day.
households-closed = The household was closed on { $day }, and nothing more can be written for it. If it is here again, register it anew.
households-erased = What was known of this household was erased. Register it anew if it comes back.
households-no_ground = Choose the ground on which the data is erased.
households-not_confirmed = Confirm that it is the right person. Erasing cannot be undone.
households-no_head = No line with the card { $card } says that it is the head. Correct the column that says the place in the household.
households-upload_gone = The file is no longer here: files wait for 30 minutes. Bring it once more.
households-lines_wrong = { $count ->
    [one] One line is wrong
   *[other] { $count } lines are wrong
  }, so nothing was saved. Correct the file, or import without these lines: the button says how many households that makes.
households-no_such_column = A column was chosen that the file does not have. Choose again.
