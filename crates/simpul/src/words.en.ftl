# What the command line says. Its help is in English only.

cli-fault = Something broke that should not: { $doing }. Please report it.
cli-progress = { $doing }: { $done } of { $total }
cli-doing-refold = Folding the tables again
cli-doing-verify = Verifying
cli-doing-backup = Backing up

cli-no_site = There is no site in { $path }. Make one with: simpul init --data { $path }
cli-no_site_on_server = There is no site in { $path }. Make one that keeps its data on the server with: simpul init --data { $path } --database { $database }
cli-site_exists = There is a site in { $path } already. Serve it with: simpul serve --data { $path }
cli-data_in_folder = This site keeps its data in { $path }. To move it to PostgreSQL, make a backup and restore it into an empty folder with --database.
cli-data_elsewhere = The data of this site is not in { $path }. If a PostgreSQL server has it, name it with --database; else put the file back or restore a backup into an empty folder.
cli-copied = The folder { $path } is a copy of a site: it was last used on another machine, or its original is still in its place. So that no log has two writers, a new log begins here. Tell auditors and partners its vkey: { $vkey }

cli-done-init = The site is made in { $path }. Its settings are in simpul.toml there.
cli-init-sign-in = The administrator signs in as { $handle } with the password { $password } (shown only this once).
cli-init-next =
    Keep a copy of { $path }/secret/kek in another place: without it no name can be read, and no backup contains it.
    Next: simpul serve --data { $path }

cli-serving = Simpul is open at { $address }. Stop it with Ctrl-C.
cli-stopping = Stopping: what is under way is finished first.
cli-port_taken = Another program is listening on { $address }. Stop it, or choose another port with --listen.
cli-port_forbidden = This user may not listen on { $address }. Choose a port from 1024 on with --listen.
cli-address_wrong = Nothing can listen on { $address }. Write an address of this machine and a port, as in --listen 127.0.0.1:8470.

cli-done-user-open = The account { $handle } is open. Give it a role with: simpul user grant
cli-done-user-password = The account { $handle } has a new password; its sessions are ended.
cli-user-new-password = The password is { $password } (shown only this once).
cli-done-user-grant = { $handle } now has the role: { $role }.
cli-done-user-revoke = { $handle } no longer has the role: { $role }.
cli-done-user-close = The account { $handle } is closed.
cli-user-closed = { $handle } (closed)
cli-no_account = There is no account { $handle }. Open it first with “simpul user open”, or look for the right name with “simpul user list”.

cli-done-remind = Letters written: { $made }, sent: { $sent }, waiting in the outbox: { $waiting }.
cli-done-refold = { $entries ->
    [one] One entry was folded.
   *[other] { $entries } entries were folded.
 }
cli-done-export-log = { $entries ->
    [one] One entry of the log { $origin } was written.
   *[other] { $entries } entries of the log { $origin } were written.
 }
cli-folder_not_empty = There is something in { $path } already. Name a new folder; an older export is what the new one is compared with.
cli-done-backup = { $entries ->
    [one] The backup { $file } is written: one entry.
   *[other] The backup { $file } is written: { $entries } entries.
 } The key that opens names (secret/kek) is not in it.
cli-done-restore = Restored: { $entries } entries, { $bodies } bodies, { $keys } sealed keys. Now the restored site is verified.
cli-secret_unreadable = The file { $path } cannot be read ({ $problem }). Check its name and its permissions.
cli-secret_empty = The file { $path } is empty. Write the passphrase in its first line.
cli-backup_exists = { $path } is there already, and a backup is not written over. Name a new file, for instance with the day and the time.
cli-no_identity = The file { $path } holds no age identity. Make one with: age-keygen -o { $path }

cli-half_restored = A restore into { $path } was interrupted. Run `simpul restore` again with the same backup; it takes away what is half there.
cli-verify-log = Log { $origin }: { $size } entries, root { $root }
cli-verify-bodies = Bodies that agree: { $bodies }; absent: { $absent }
cli-verify-given-up = Bodies that stay sealed, since the site was restored without names: { $bodies }
cli-verify-keyless = Sealed bodies whose key is neither in keys.db nor was erased: { $bodies }. Put back the keys.db that belongs to this site, or restore the newest backup.
cli-verify-blobs = Attachments that agree: { $blobs }
cli-verify-checkpoints = Signed checkpoints that agree: { $checkpoints }; entries after the newest one: { $unsigned }
cli-verify-problem-at = Log { $log }, entry { $idx }: { $problem }
cli-verify-problem = Log { $log }: { $problem }
cli-verify-problem-blob = Log { $log }, entry { $idx }: { $problem } (SHA-256 { $blob })
cli-verify-uncompared = Not compared here, but proved by `simpul refold`: { $tables }
cli-verify-sound = All is sound.
cli-verify-unsound = { $problems ->
    [one] One thing is wrong. Stop the server, keep a copy of the folder as it is, and restore the newest backup that verifies.
   *[other] { $problems } things are wrong. Stop the server, keep a copy of the folder as it is, and restore the newest backup that verifies.
 }

cli-doing-import = Importing
cli-doing-demo = Making up a year, month by month
cli-doing-bench-import = Booking weigh-ins

cli-file_unreadable = The file { $path } cannot be read ({ $problem }). Check its name and its permissions.
cli-which_village = Which village? Name it with --village, as in --village 34.02.05.2003, or set home in simpul.toml.
cli-no_bank = There is no such waste bank on this site. Open one on the page of the village, then import again.
cli-which_bank = Which waste bank? Name it with --bank: { $banks }
cli-import-problem = Line { $line }, column { $column }: { $problem }
cli-import-more-problems = { $count ->
    [one] … and one more line.
   *[other] … and { $count } more lines.
 }
cli-import-nothing = { $problems ->
    [one] Nothing was booked, since one line is wrong. Correct it, or book the other lines with --only-good.
   *[other] Nothing was booked, since { $problems } lines are wrong. Correct them, or book the other lines with --only-good.
 }
cli-import-stopped = The import stopped, since the books changed meanwhile. Weigh-ins: { $booked } booked, { $left } not yet. Wrong lines: { $problems }. Correct them and import the same file again, or book the other lines with --only-good.
cli-import-again = This very list was imported before; nothing was changed ({ $provinces ->
    [one] one province
   *[other] { $provinces } provinces
 }, { $regencies ->
    [one] one regency or city
   *[other] { $regencies } regencies and cities
 }, { $districts ->
    [one] one district
   *[other] { $districts } districts
 }, { $villages ->
    [one] one village
   *[other] { $villages } villages
 }).
cli-done-import-regions = Imported: { $provinces ->
    [one] one province
   *[other] { $provinces } provinces
 }, { $regencies ->
    [one] one regency or city
   *[other] { $regencies } regencies and cities
 }, { $districts ->
    [one] one district
   *[other] { $districts } districts
 }, { $villages ->
    [one] one village
   *[other] { $villages } villages
 }.
cli-done-import-households = Households: { $new } new, { $known } known already. Hamlets named: { $hamlets }. Lines of further members, which are not kept: { $members }. Wrong lines left out: { $wrong }.
cli-done-import-weigh-ins = Lines: { $rows }. Weigh-ins: { $booked } booked, { $known } known already. Wrong lines left out: { $wrong }.

cli-not_a_demo = The site in { $path } is real. Serve it with simpul serve, or choose another folder for the demo.
cli-demo-cast = The data is made up. Everybody signs in with the password { $password }:
cli-demo-one = {"   "} { $handle } { $role }

cli-bench-line = { $mark } { $name }: { $value } (wanted: { $wanted })
cli-bench-weigh-ins-per-append = Durable weigh-ins, one at a time, to raw appends of this disk
cli-bench-syncs-per-weigh-in = Syncs for each weigh-in
cli-bench-writers-32-per-one = 32 writers to one
cli-bench-import-micros-per-entry = Import, microseconds of processor for each weigh-in
cli-bench-verify-entries-per-second = Verifying, entries a second and core
cli-bench-refold-entries-per-second = Folding again, entries a second and core
cli-bench-phones-p99-ms = 300 telephones in a hall, milliseconds at the 99th percentile
cli-bench-counter-ms = Counter page, milliseconds at the median
cli-bench-passbook-ms = Savings book, milliseconds at the median
cli-bench-idle-memory-mib = Memory of an idle server, MiB
cli-bench-start-ms = Start, milliseconds
cli-bench-program-mib = Size of the program, MiB

# The settings file.

cli-config_unreadable = The settings file { $path } cannot be read ({ $problem }). Check its name and its permissions.
cli-config_syntax = { $file }, line { $line }: this is no TOML ({ $problem }). `simpul config` prints a file to compare with.
cli-config_unknown_key = { $file }, line { $line }: there is no setting { $key }. `simpul config` prints all there are.
cli-config_unknown_near = { $file }, line { $line }: there is no setting { $key }. Did you mean { $near }?
cli-config_value = { $place }: { $key } cannot be "{ $value }". Write it like { $example }.
cli-config-head =
    Settings of a Simpul site. A line that begins with # is a comment; remove it to set the value.
    The environment overrides this file (SIMPUL_LISTEN for listen), options on the command line override both.
cli-config-listen = Address and port to listen on.
cli-config-database = A PostgreSQL database in place of the embedded one.
cli-config-key_file = The key that opens names. By default secret/kek in the folder of the site; better on another disk.
cli-config-title = What the site calls itself on every page.
cli-config-home = Code of the village that the site is for.
cli-config-timezone = Where the site works: Asia/Jakarta, Asia/Makassar, Asia/Jayapura, Asia/Seoul, or an offset such as +07:00.
cli-config-public_url = The address at which people reach the site, when a proxy stands before it.
cli-config-behind_tls_proxy = true when a proxy that speaks TLS stands before the site: cookies are then for TLS only.
cli-config-smtp = Mail server that takes reminders, a name and a port, such as the relay of this machine. Without it nothing is sent.
cli-config-mail_from = The address that reminders come from.
cli-config-upload_max_mb = The largest file that may be sent, in megabytes.
cli-config-attachment_max_mb = The largest file that may be attached to a paper, in megabytes.
cli-config-synthetic = true when the data is made up; every page then says so. Set by `simpul demo`.

# What a database says when it fails, and what to do.

db-disk_full = The disk is full. What was answered before is safe; this was not booked. Free some space, then try again.
db-read_only = This folder or file cannot be written to. Give the user who runs Simpul the right to write there, then start again.
db-damaged = The database file is damaged. Stop the server, keep a copy of the folder as it is, and restore the newest backup with `simpul restore`.
journal-body_missing_stop = A body is missing from the log although nobody ordered its erasure. Keep a copy of the folder as it is, and restore the newest backup with `simpul restore`.
journal-database_empty = The database is empty or older than what was written in { $path }. Nothing was changed. Put the right database back, name the right one with --database, or restore the newest backup into a new folder with `simpul restore`.
db-cannot_open = The database file cannot be opened. Check that the folder exists and that the user who runs Simpul may read and write there.
db-busy = Another program holds the database for too long. Close what copies or opens the file, then try again.
db-disk_failed = The disk failed to read or write. Copy the folder to another disk, check this one, and verify with `simpul verify`.
db-unreachable = The database server cannot be reached. Check its address, and that it is running, then try again.

# What the journal says when it cannot go on, and what to do.

journal-key_file_missing = The key file { $path } is missing; without it no name can be read. Put the kept copy back in its place.
journal-keys_missing = { $path } is missing or older than the site: it lacks keys of persons whom nobody erased. Nothing was changed. Put the file back in its place, or restore the newest backup into a new folder with `simpul restore`.
journal-backup_keys_missing = The backup lacks keys of persons whom nobody erased. Take another one, or restore everything but the names with --without-names.
journal-key_file_wrong = The key file { $path } does not belong to this site. Put the copy in its place that was kept for this site.
journal-key_file_unusable = The key file { $path } cannot be read or written. Check that its disk is connected and its permissions.
journal-backup_key_wrong = The key file { $path } does not open the names in this backup. If the backup is from before an erasure, its key was destroyed for good: restore everything but the names with --without-names. Else name the copy that was kept with it: --key-file.
journal-backup_key_missing = The key that opens the names in this backup is missing in { $path }. Name the kept copy with --key-file; if an erasure destroyed it, restore everything but the names with --without-names.
journal-log_ended = Another program has ended this log and begun a new one. No entry is lost. Start `simpul serve` again; where the server runs in a container, run commands inside it.
journal-folder_taken = There is a site in { $path } already. Restore into an empty folder.
journal-cannot_write = The file { $path } cannot be written. Check that the folder exists and that this user may write there.
journal-recipient_wrong = This is no age recipient. Copy the line that begins with age1, as age-keygen prints it.
journal-identity_wrong = This is no age identity. Use the line that begins with AGE-SECRET-KEY-1, whole.
journal-backup_missing = The backup { $path } cannot be opened. Check its name and its permissions.
journal-backup_damaged = The backup { $path } is damaged or is none. Take an older one; the site was not touched.
journal-backup_locked = The backup { $path } does not open with this key. Use the identity or the passphrase it was made for.
journal-no_checkpoint = No checkpoint is signed yet. Serve the site for a second, then try again.


# What a verification can find.

journal-gap = an entry before this one is missing
journal-header_unreadable = the header cannot be read
journal-id_changed = the id is not the one in the header
journal-body_changed = the body is not the one that was recorded
journal-body_missing = the body is missing, and nobody ordered its erasure
journal-blob_missing = the file of an attachment is missing; put it back, or restore it from a backup
journal-blob_altered = the file of an attachment is not the one that was attached; restore it from a backup
journal-pages_damaged = Pages of the database are damaged. Stop the server, keep a copy of the folder as it is, then restore the newest backup that verifies.
journal-balance_differs = The entries are sound, but a balance is not the sum of its transfers. Run `simpul refold`, which makes the tables from the entries again.
journal-erased_differs = The entries are sound, but the list of erased persons is not what the entries say. Run `simpul refold`, which makes the tables from the entries again.
journal-nothing_signed = There are entries, and not one signed checkpoint: somebody took them away. Restore the newest backup that verifies.
journal-tile_wrong = a stored part of the tree does not agree with the entries
journal-root_differs = the entries up to here are not those that were signed
journal-size_differs = the log does not have as many entries as it should
journal-entries_missing = entries at the end that were signed are missing
journal-vkey_unreadable = the public key cannot be read
journal-signature_wrong = the signature of a checkpoint is wrong
