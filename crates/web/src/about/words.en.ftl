# The frame of every page
web-skip = Skip to the content
web-menu = Main menu
web-language = Language
web-synthetic = Synthetic demonstration data: no real person, no real money
web-crumbs = Where you are
web-to-start = To the start page
web-about = About
web-openapi = For programs (OpenAPI)
web-undone = reversed
web-backup-due = A person was erased on { $erased }, and no backup was made since. Every older backup opens only with the key that is now destroyed: if the disk breaks before the next one, no name comes back. Back up now, on the machine of the site, with “simpul backup”, and copy the new key file (secret/kek) to its other place.
web-backup-last = The last backup is of { $at }. Whoever restores it must carry out the erasure again.
web-backup-none = No backup made on this machine is known. Whoever restores an older one must carry out the erasure again.

# Lists
web-list-search = Search in this list
web-list-find = Search
web-list-table = Table; scrolls sideways on a narrow screen
web-list-empty = Nothing to show here.
web-list-sum = Sum
web-list-pages = Pages of the list
web-list-range = { $from } to { $to } of { $total }

# Charts
web-chart-table = The numbers as a table
web-chart-what = What

# Refusals
web-refusal-title = That did not work
web-fault-title = Something broke
web-fault = The program made a mistake, or the machine did. Nothing was booked that was not confirmed to you. Try again; if it happens again, tell the administrator the number below.
web-fault-number = Number for the administrator: { $number }
web-not_found = There is no page at this address. Check the address, or begin at the start page.
web-wrong_method = This address does not take such a request. Go back to the page and use its form.
web-sign_in_first = Sign in first.
web-not_yours = Your roles do not allow this here. Ask the administrator of the site for the role.
web-cross_site = This form was sent from another site, so nothing was done. Open the page on this site and send the form from there.
web-unreadable_form = The form could not be read at “{ $field }”. Go back, reload the page and fill it in again.
web-unprintable_text = The text at “{ $field }” holds a character that cannot be seen or kept. Delete the text, type it by hand and send it again.
web-wrong_content = This was neither a form nor JSON. Send the form of the page, or JSON with the content type application/json.
web-cut_off = The connection broke before everything had arrived. Nothing was booked. Send it again.
web-form_too_large = The form is too large. Send less at once; use an import for many lines.
web-file_too_large = The file is larger than { $limit }, the most that this site takes. Split it, or let the administrator import it on the command line.
web-no_file = No file was chosen, or it is empty. Choose a file and send it again.
web-notice-entry = See that entry
web-id_ahead = This form bears a time more than a day ahead: the clock of the device that made it is wrong, or that of this site was. Nothing was booked. Set the clock right, then send the form once more.
web-attachment_too_large = The file is larger than { $limit }, the most that is kept here. Scan it in black and white or at 200 dots per inch, or send its parts one by one.
web-file_not_taken = { $file } was not taken. Send a PDF, PNG, JPEG, WebP, TIFF, DOCX, XLSX, ODT or plain text; a page of the web (HTML, SVG) can be saved as PDF first.
web-file_not_its_name = { $file } is not what its name says: its content is { $kind }. Rename it, or choose the file that you meant.
web-file_has_macros = { $file } has macros in it. Save it without macros (as DOCX, XLSX or PDF) and send that.
web-file_missing = The file is not on this site at the moment. Its hash is in the log, so that whoever has the file can show that it is the one; the administrator can bring it back from a backup.
web-too_slow = The answer took too long. Try again in a moment.
web-too_busy = Too many people are asking at once. Try again in a few seconds.
web-no_list = This page is no list, so there is no such file of it. Ask for the page or for JSON.
web-number_missing = Enter a number.
web-number_two_signs = “{ $text }” has two decimal signs. Write it with one comma or one point, such as 1234,5 or 1234.5.
web-number_too_fine = “{ $text }” has too many decimals. Leave the last ones out.
web-number_not_digits = “{ $text }” is not a number. Use digits and one comma or point.
web-day_wrong = “{ $text }” is not a day. Write it like 2026-03-31 or 31/3/2026.
web-date_wrong = “{ $text }” is no date. Write a day like 2015-09-01 or 1/9/2015, a month like 2015-09 or 9/2015, or a year like 2015.
web-number_too_long = “{ $text }” has too many digits. Check the number.

# Refusals of the journal
journal-other_content = A request with the same id ({ $id }) was booked before with another content. Nothing was changed. Open a new form and enter it there.
journal-no_entry = There is no entry { $id }. It may lie on another site.
journal-reversed_before = This entry was reversed before, on { $day }. Nothing more is needed.
journal-is_reversal = A reversal is not reversed. Book the entry again instead.
journal-no_reason = Say why it is reversed, in a few words.
journal-overdrawn = There is not enough in { $account }: { $missing } are missing. Enter less, or book first what is missing there.
journal-too_many_attached = An entry names at most { $most } attachments. Attach the others with a second one.

# About
web-deed-read_about = Read about the program
web-about-lead = Simpul ties one cooperation between two regions together, from the memorandum to the household.
web-about-version = Program
web-about-licence = Licence
web-about-source = Source
web-about-site = This site
web-about-data = What becomes of what is entered
web-about-data-text = Every entry is kept as it was made. A mistake is corrected by another entry, and both stay visible. Names are sealed with a key of their own and can be erased; sums remain.
web-about-vkey = For auditors: the public key
web-about-vkey-text = With this line (vkey) anybody can check that an export of the log, or the proof of a receipt, was signed by this site. Copy it whole, and compare it with what you were told in another way: on paper, by telephone.
web-about-log-open = The log that is written now:
web-about-log-ended = An older log, ended by a restore or a copy:
web-about-programs = For programs
web-about-programs-text = Every page also answers with JSON, to the header “Accept: application/json” or to “?as=json”. Lists also come as CSV and XLSX.
web-openapi-summary = From the memorandum to the household: one record of a cooperation between two regions.
web-openapi-refusal = It was refused or it failed; the message says why, in the language asked for.
web-openapi-booked = Booked, and on disk.
web-openapi-go-on = For a browser: go on to this page.
web-openapi-page = The page, or its data as JSON.
