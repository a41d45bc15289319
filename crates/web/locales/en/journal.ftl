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
journal-kind = Kind of record
journal-all-kinds = all
journal-key = Username, customer ID or name
journal-none = No entries
journal-none-text = Nothing was changed yet that fits these filters.
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
action-import = imported
action-relate-customer = changed further customers of
action-set-preference = set a preference of
action-delete-preference = removed a preference of
door-page = in the browser
door-rest = by REST
door-terminal = in the terminal
effect-renames = Renamed from { $from } to { $to }
effect-carries =
    { $count ->
        [one] One row of { $table } followed
       *[other] { $count } rows of { $table } followed
    }
effect-sets-password = A password was set
effect-generates-password = A password was generated
effect-ends-sessions =
    { $count ->
        [one] One session ended
       *[other] { $count } sessions ended
    }
effect-changes-validity = Validity: { $from } → { $to }
effect-changes-role = Role: { $from } → { $to }
effect-renames-below = Below it: { $from } → { $to }
action-revoke = revoked
