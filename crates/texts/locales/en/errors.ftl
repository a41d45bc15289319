# What was refused or failed, and mistakes in fields.
error-home = To the home page
error-request-id = Request number:
error-400-title = This request can't be read
error-400-text = The address or the form holds characters that are not valid text. Nothing was changed. Go back, remove unusual characters and try again.
error-404-title = There is no such page
error-404-text = The address may be mistyped, or the page was moved. Search, or start from the home page.
error-405-title = This address can't be used this way
error-405-text = The page exists, but not for this kind of request. Nothing was changed.
error-413-title = That is too much at once
error-413-text = A form may hold at most 1 MiB. Nothing was changed. Go back and shorten what you typed.
error-415-title = This kind of data is not understood
error-415-text = Forms are sent as ordinary form data. Nothing was changed.
error-421-title = Unknown host name
error-421-text = This server does not answer under the host name in the address.
error-timeout-title = This took too long
error-timeout-text = The request was stopped after 30 seconds. Check whether your change was saved before you repeat it.
error-cross-origin-title = The change was refused
error-cross-origin-text = The request came from another site. Nothing was changed. Open the page here and try again.
error-unknown-title = Not found
error-unknown-text = “{ $value }” is not known. It may have been renamed; try searching.
error-unknown-number-text = There is no “{ $value }” here. It may have been removed, or the address is mistyped; start from the list.
error-forbidden-title = You may not do this
error-forbidden-text = The role “{ $value }” is needed. Ask an admin if you should have it.
error-read-only-title = This source can only be read
error-read-only-text = Records of source “{ $value }” can't be changed here. Change them where they come from.
error-invalid-title = Something needs another look
error-invalid-text = These fields can't be saved as they are. Nothing was changed.
error-syntax-title = The search can't be understood
error-syntax-text = { $value }
error-credentials-title = Wrong log-in
error-credentials-text = Wrong username or password.
error-conflict-title = Somebody else was faster
error-conflict-text = “{ $value }” was changed meanwhile. Nothing was overwritten. Open it again and repeat your change.
error-busy-title = Too many people log in at once
error-busy-text = Too many people log in at this moment. Please try again in a few seconds.
error-too-many-title = Too many attempts
error-too-many-text =
    { $seconds ->
        [one] Please try again in a second.
       *[other] Please try again in { $seconds } seconds.
    }
error-unavailable-title = A source does not answer
error-unavailable-text = “{ $value }” can't be reached right now. Nothing was changed. Try again in a moment; everything else keeps working.
error-session-title = Your session has ended
error-session-text = Nothing was saved. Log in again in another tab, then come back to this page and send it again.
error-session-login = Log in in another tab
error-renew-text = Nothing was saved, because you have to choose a new password first. Do so in another tab, then send this again.
error-kept = Nothing of what you entered is lost: it can be sent again as it is.
error-again = Send again
error-internal-title = Something went wrong here
error-internal-text = This is a bug in the program, not your mistake. Nothing was half-saved. If it happens again, tell your admin the request number.
problem-required = Please fill in this field.
problem-too-long =
    { $count ->
        [one] At most one character fits here.
       *[other] At most { $count } characters fit here.
    }
problem-too-many-wildcards =
    { $count ->
        [one] At most one * fits here.
       *[other] At most { $count } signs * fit here.
    }
problem-too-many =
    { $count ->
        [one] At most one value can be compared at once.
       *[other] At most { $count } values can be compared at once.
    }
problem-control-character = Remove control characters such as line breaks.
problem-invisible-character = Remove characters that are not seen (zero-width and format characters).
problem-reserved = This username is reserved: it stands for everybody.
problem-email-character = An e-mail address can’t have “{ $character }” there.
problem-email-local-part = At most { $count } characters may stand before the @.
problem-email = This is not a complete e-mail address. It looks like name@company.com.
problem-email-refused = Addresses like this one are refused here. Enter one that mail can be sent to.
problem-not-a-number = Only a whole number fits here.
problem-not-a-decimal =
    { $places ->
        [any] Only a number fits here. Write it like 12.5.
        [0] Only a whole number fits here.
        [one] Only a number with at most one decimal place fits here. Write it like 12.5.
       *[other] Only a number with at most { $places } decimal places fits here. Write it like 12.5.
    }
problem-out-of-range = It has to be from { $least } to { $most }.
problem-not-a-date = This is not a date. Write it as 2026-03-01.
problem-not-a-time = This is not a date with a time. Write it as 2026-03-01 12:30:00.
problem-not-a-uuid = This is not a UUID. It looks like this: 0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f.
problem-not-one-of = It has to be one of these: { $choices }.
problem-unstorable-character = The table can’t hold these characters: { $characters }
problem-not-accepted = The database does not take this value.
problem-not-a-choice = Choose one of the offered values.
problem-unknown-validity = Choose one of the offered validities.
problem-unknown-customer = There is no such customer. Choose one from the list, or add it first.
problem-invalid-customer = This customer is not valid. Choose a valid one.
problem-taken = Already used by { $by }. Choose another one.
problem-unknown-field = There is no such field.
problem-speaks-first = “{ $source }” stands before it, can’t be written and has this login, so it would go on speaking for the person. Take the login out of it first, put the other source before it in the settings, or have the record made ahead of that.
problem-not-there = This source can’t be written and does not have the login. Make the person there first.
problem-already-there = The person is in this source already, and in no other that can be written.
problem-no-customer-yet = There is no valid customer yet. Add one first.
problem-unknown-role = Choose one of the offered roles.
problem-last-admin = Nobody else could log in as an admin any more. Make somebody else an admin first.
problem-rights-through-roles = The agent keeps a higher role through the roles of the help desk: { $roles }. Take the agent out of them there first, in OTOBO under “Agents ↔ Roles”.
problem-fixed-by-file = This is set in kartoteka.toml. Change it there.
problem-fixed-by-otobo = This is set in the pages of OTOBO. Change it there.
problem-fixed-by-variable = This is set by the variable { $variable } of the environment. Change it there.
problem-cannot-undo = This cannot be taken back.
problem-unknown-parent = There is no such service any more. Choose one from the list.
problem-below-itself = A service can’t be below itself. Choose one that is elsewhere in the tree.
problem-separator = “::” separates the levels, so a name can’t hold it, nor begin or end with a colon. Choose the service above in its own field.
problem-carries-rights = Agents’ rights come from this group: it has to keep its name and stay valid, or colleagues are locked out.
problem-unknown-person = There is no such customer user.
problem-invalid-person = This customer user is not valid, so nothing can be given.
problem-unknown-group = There is no such group.
problem-invalid-group = This group is not valid, so nothing can be given in it.
problem-unknown-service = There is no such service.
problem-invalid-service = This service is not valid, so it cannot be given.
problem-unknown-permission = This permission is none of those that can be given.
problem-unknown-context = There is no such access, or it is switched off in the access settings.
problem-take-rw-first = { $permission } is part of edit (rw). Take rw first.
problem-not-your-group = You may give permissions only in groups in which you have rw yourself.
problem-own-rights = Only an admin can change the permissions of a person with your username.
problem-not-a-day = This is not a day. Write it as 2026-11-24.
problem-in-the-future = This day is still to come.
problem-before-journal = The journal begins on { $day }. Nothing is known of the time before.
problem-not-a-name = A name has letters without accents, digits and _, begins with a letter, and is at most 63 long.
problem-field-there = The source has a field of this name.
problem-column-shown = The column is used already: { $by }.
problem-column-other = The column is there and holds something else: { $holds }.
problem-no-column = There is no such column, and none can be added here.
problem-secret-field = Passwords and the like are never shown.
problem-needed-field = The source can't do without this field.
problem-not-a-link = This gives no link: { $reason }.
problem-only-when-added = This is said when a field is added, and stays. Remove the field and add it anew; its data stays.
problem-table-busy = Somebody keeps the table locked, so the column could not be added. Nothing was changed; try again in a moment.
problem-settings = { $text }
problem-source-elsewhere = This source is set up in { $place } and can only be changed there.
problem-secret-again = The source would ask another server or in another way. Give this password once more, so that it is not sent where nobody wanted it.
problem-no-secret-key = Passwords of sources are sealed, and this node has no key to them. Copy kartoteka.key from the data directory of the node that has it, or set KARTOTEKA_SECRETS__KEY.
problem-other-secret-key = This password was sealed with another key than the one of this node. Put that key back, or give the password once more.
problem-test-failed = The test failed, so nothing was saved. See below at which step, or save it although the test fails.
problem-document-changed = Somebody changed this meanwhile, so nothing was saved. Look at it as it is now, and change it again.
conflict-title = Somebody else saved this record meanwhile.
conflict-text = Your version is in the fields; what is stored now stands below each one that differs. Saving stores your version.
conflict-stored = Stored now: { $value }
violation-too-short =
    { $count ->
        [one] At least one character.
       *[other] At least { $count } characters.
    }
violation-too-long =
    { $count ->
        [one] At most one byte.
       *[other] At most { $count } bytes (accented letters count as several).
    }
violation-control-character = No line breaks or other characters that can't be typed.
violation-like-name = Neither the username nor the name.
violation-no-digit = At least one digit.
violation-common = Not one of the passwords that everybody tries first.
violation-not-2-lower-2-upper = At least two of a to z and two of A to Z.
violation-not-2-characters = At least two letters, digits or underscores.
violation-not-3-of-4 = At least three of: a digit, one of a to z, one of A to Z, another character.
violation-no-match = It has to fit the pattern that your admin has set; ask them what it wants.
violation-used-before =
    { $count ->
        [one] Neither the present password nor the one before it.
       *[other] Neither the present password nor one of the { $count } before it.
    }
