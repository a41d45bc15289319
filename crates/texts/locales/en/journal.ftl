journal-title = Journal
journal-verify = Verify journal
journal-sound =
    { $count ->
        [one] The journal is sound: its one entry is unchanged.
       *[other] The journal is sound: all { $count } entries are unchanged and in order.
    }
journal-fault-tampered = Entry { $entry } does not fit its hash: it was changed after it was written.
journal-fault-missing = Before entry { $entry } an entry is missing.
journal-fault-reordered = Entry { $entry } does not continue the chain: entries were exchanged.
journal-fault-end = From entry { $entry } on the journal is missing: it ends too early.
journal-fault-links = At entry { $entry } somebody changed the note of what it concerns.
journal-kind = Kind of record
journal-all-kinds = all
journal-key = Username, customer ID or name
journal-who = Who
journal-door = Way in
journal-all-doors = all
journal-since = From day
journal-until = To day
journal-file = As a file (CSV)
journal-column-number = Number
journal-column-time = Time
journal-column-who = Who
journal-column-door = Way in
journal-column-action = What was done
journal-column-kind = Kind
journal-column-source = Source
journal-column-key = Record
journal-column-what = Changes
journal-column-job = Bulk change
journal-none = No entries
journal-none-text = No change fits these filters.
journal-shown =
    { $count ->
        [one] One entry
       *[other] { $count } entries
    }
journal-older = Older
journal-newest = Newest
history-title = History
history-before = before:
history-after = now:
history-empty-value = empty
action-create = added
action-update = changed
action-rename = renamed
action-set-password = set a password
action-move = moved to another source
action-import = imported
action-relate-customer = changed further customers
action-set-preference = set a preference
action-delete-preference = removed a preference
door-page = in the browser
door-rest = by REST
door-terminal = in the terminal
door-source = by the source
effect-renames = Rename: { $from } → { $to }
effect-carries = Go along with the new name: { $what }
carries-preferences =
    { $count ->
        [one] { $count } preference
       *[other] { $count } preferences
    }
carries-further-customers =
    { $count ->
        [one] { $count } further-customer relation
       *[other] { $count } further-customer relations
    }
carries-permissions =
    { $count ->
        [one] { $count } group permission
       *[other] { $count } group permissions
    }
carries-services =
    { $count ->
        [one] { $count } service
       *[other] { $count } services
    }
carries-tickets =
    { $count ->
        [one] { $count } ticket
       *[other] { $count } tickets
    }
carries-dynamic-fields = values of dynamic fields
carries-saved-searches =
    { $count ->
        [one] { $count } saved search
       *[other] { $count } saved searches
    }
carries-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
carries-people-of =
    { $count ->
        [one] { $count } person of the table { $table }
       *[other] { $count } people of the table { $table }
    }
effect-leaves-behind =
    { $count ->
        [one] One person of the read-only source { $source } keeps the old ID, which no customer has any more
       *[other] { $count } people of the read-only source { $source } keep the old ID, which no customer has any more
    }
effect-sets-password = A new password
effect-generates-password = A new password, generated
effect-ends-sessions =
    { $count ->
        [one] One session ends
       *[other] { $count } sessions end
    }
effect-moves = From source { $from } to { $to }
effect-removes-row = The row in { $source } goes, in the same transaction
effect-removes-row-afterwards = The row in { $source } goes once the record is kept in the other source
effect-overwrites = What { $source } had under this login before is written over
effect-no-place = { $source } has no place for: { $fields }
effect-loses-columns = Columns of { $source } that no field is in go with the row: { $columns }
effect-carries-password = The password goes along
effect-loses-password = The password can’t go along: a new one has to be set before the person can log in
effect-has-no-password = There is no password to go along: one has to be set before the person can log in
effect-shadows = { $source } has this login, too, and is not asked for it
effect-speaks-later = { $source } goes on speaking for this login for as long as it has it; the new record waits until then
effect-changes-validity = Validity: { $from } → { $to }
effect-changes-role = Role: { $from } → { $to }
effect-renames-below = Below it: { $from } → { $to }
action-revoke = revoked
action-relate = changed relations
kind-settings = settings
kind-settings-access = access settings
undo-title = Take back
undo-link = Take back
undo-what = What was changed
undo-together =
    { $count ->
        [one] Saved as one change.
       *[other] Saved as part of a larger change ({ $count } people or customers). All of it is taken back.
    }
undo-refused = This cannot be taken back as it is:
undo-nothing = There is nothing left to take back: it is as it was before already.
undo-plan = What taking it back will do
undo-do = Take back now
flash-undone = Taken back. The journal has a new entry for it.
relation-customer-given = { $login }: further customer { $customer } added
relation-customer-taken = { $login }: further customer { $customer } removed
relation-permission-given = { $permission } in group { $group } given
relation-permission-taken = { $permission } in group { $group } taken
relation-service-given = service { $service } given
relation-service-taken = service { $service } taken
action-log-in-failed = failed to log in
action-lock = has to wait after too many attempts
action-unlock = let try again
log-in-reason-wrong-password = wrong password
log-in-reason-no-password = no password set
log-in-reason-invalid-agent = invalid
log-in-reason-no-role = no role
log-in-reason-unknown-login = unknown username
journal-nobody = somebody unknown
action-let-through = accepted the changes
action-keep = stayed with the last known state
action-hold-back = held back what the login had
action-give-back = gave back what the login had
action-remove-held = removed what was held back
