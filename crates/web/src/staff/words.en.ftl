staff-sign-in = Sign in
staff-sign-out = Sign out
staff-sign-in-help = Forgotten the password? The administrator of the site can set a new one.
staff-handle = Name to sign in with
staff-handle-hint = 3 to 32 small letters, digits, points or hyphens. It stays with everything this account books.
staff-password = Password
staff-password-current = Current password
staff-password-new = New password
staff-password-again = New password once more
staff-password-first = First password
staff-password-hint = At least 10 characters; a short sentence is easy to remember.
staff-set-password-hint = At least 10 characters. The account is signed out everywhere.
staff-lang = Language

staff-me = My account
staff-change-password = Change password
staff-sessions = Where I am signed in
staff-browser = Browser
staff-address = Address
staff-since = Since
staff-seen = Last used
staff-this-session = this one
staff-end-session = Sign out there
staff-end-others = Sign out everywhere else
staff-done-ended = Signed out there.
staff-done-password = The new password is set.

staff-list = Staff and roles
staff-list-lead = Who signs in here, and what they may do where.
staff-one = An account
staff-open = Open an account
staff-opened = Opened
staff-state = State
staff-state-open = open
staff-state-closed = closed
staff-role = Role
staff-roles = Roles
staff-no-roles = No role yet. Without one, an account can only see what everybody sees.
staff-place = Place (code)
staff-place-hint = Such as 34.02.05.2003 for a village; * is everywhere. The role also holds in every place within.
staff-book = Book
staff-book-hint = Only for a role in one book, such as one waste bank; left empty, the role holds in all of them.
staff-every-book = every one
staff-everywhere = everywhere
staff-grant = Give the role
staff-revoke = Take away
staff-set-password = Set a new password
staff-close = Close the account
staff-close-lead = The person can no longer sign in. What they booked stays. The name is not given to anybody else.
staff-done-opened = The account is open. Give it a role.
staff-done-granted = The role is given.
staff-done-revoked = The role is taken away.
staff-done-closed = The account is closed.

staff-role-administrator = Administrator
staff-role-village_officer = Village officer
staff-role-teller = Teller
staff-role-auditor = Auditor
staff-role-cooperation_officer = Cooperation officer
staff-role-partner_reader = Partner reader
staff-role-public = Everybody
staff-role-unknown = A role of a newer version

staff-deed-sign_in = Sign in and out
staff-deed-see_own = See one's own account
staff-deed-manage = Manage staff and roles

staff-wrong_password = The name or the password is wrong. Check both and try again.
staff-wait_seconds = Too many attempts. Wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
 } and try again.
staff-wait_minutes = Too many attempts. Wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 } and try again, or ask the administrator for a new password.
staff-password_short = The password is too short. Use at least { $least } characters.
staff-password_long = The password is too long. Use at most { $most } characters.
staff-password_is_handle = The password is the same as the name. Choose another one.
staff-password_differs = The two new passwords differ. Type the same one twice.
staff-handle_wrong = “{ $handle }” cannot be used. Use 3 to 32 small letters, digits, points or hyphens, a letter first.
staff-handle_taken = “{ $handle }” is taken. Choose another name.
staff-no_account = There is no such account. Look in the list of staff.
staff-closed = The account “{ $handle }” is closed. Open a new one.
staff-no_role = Choose a role from the list.
staff-no_place = “{ $text }” is no code of a place. Write it like 34.02.05.2003, or * for everywhere.
staff-no_book = “{ $text }” is no book of this site. Choose one of the list, or leave the field empty.
staff-book_elsewhere = { $name } is kept in { $place }. Write this code as the place, or one above it.
staff-role_held = The account has this role there already. Choose another role or place, or leave it as it is.
staff-role_not_held = The account does not have this role any more. Reload the page.
staff-last_administrator = Nobody could manage the site any more. Give somebody else the role of administrator everywhere first.
