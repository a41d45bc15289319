# What the pages of customer users and customers have in common.
records-data = Data
records-field = Field
records-edit = Edit
records-save = Save
records-save-finish = Save and finish
records-preview = Preview changes
records-cancel = Cancel
records-continue = Continue
records-back-to-list = Back to the list
records-add-another = Add another person
records-required-note = fields with * are required
records-no-value = none
records-becomes = becomes
records-source = Source
records-sources = Sources
records-version = version
records-history = History
records-history-empty = Nothing was changed in Kartoteka yet.
records-detail-search = Detail search
records-detail-search-by = Search by fields
records-detail-search-hint = * stands for any text
records-detail-search-clear = Clear
records-search-help = Search
records-search-help-and = both words
records-search-help-phrase = exactly
records-search-help-or = either
records-search-help-not = without
records-search-help-any = any text between
records-search-help-fold = case and accents do not matter
records-syntax-title = This search can’t be read.
records-syntax-at = The mistake is at character { $count }.
records-filter-validity = Validity
records-filter-valid = valid
records-filter-invalid = not valid
records-filter-all = all
records-filter-customer = Customer
records-filter-customer-drop = Remove the customer filter
records-column-source = Source
records-column-validity = Validity
records-sort-hint = Column headers order the list.
records-source-down = unavailable since { $since }
records-source-read-only = read-only
records-index-building =
    { $count ->
        [one] The search index is being built: { $count } record is ready. Until then the list may be incomplete.
       *[other] The search index is being built: { $count } records are ready. Until then the list may be incomplete.
    }
records-count = { $first }–{ $last } of { $total }
records-count-more = { $first }–{ $last } of more than { $total }
records-count-limit = the first { $limit } results are listed
records-pages = Pages
records-page = Page { $page }
records-per-page = Per page
records-previous-page = Previous page
records-next-page = Next page
records-to-first-page = To the first page
records-empty-match-title = Nothing matches
records-empty-match-text = Check the spelling, search for a shorter part of a word, or remove filters.
records-empty-match-all = Search those who are not valid, too
records-empty-match-reset = Show the whole list
records-empty-source-title = Not all sources answer
records-empty-source-text = Nothing matches in the others. No data are lost; try again in a moment.
records-empty-beyond-title = The list is shorter than that
records-choose-source = Which source to add to?
records-no-writable-source = Nothing can be added here: all sources are read-only. Changes are made where the data come from.
records-locked-source = The source “{ $source }” is read-only. Its data are changed where they come from.
records-locked-field = The configuration marks this field as read-only.
records-mistakes =
    { $count ->
        [one] Not saved: { $count } mistake
       *[other] Not saved: { $count } mistakes
    }
records-preview-title = What saving will do
records-preview-unsaved = not saved yet
records-preview-nothing = Nothing will change.
records-password = Password
records-password-title = Set password
records-password-new = New password
records-password-again = The password is not sent back with the form: type it again.
records-set-password = Set password
records-form-password-generated = Leave it empty to have a password generated and shown once.
records-form-password-unchanged = An empty field leaves the password as it is.
records-shown-once-title = New password
records-shown-once-created = { $name } was added. This is the generated password.
records-shown-once-set = The password of { $name } was set.
records-shown-once-note = The password is shown only now: it is not stored anywhere in readable form. Pass it on in a safe way.
records-copy = Copy
records-copied = Copied
records-conflict-title = Somebody saved first
records-conflict-text = The record changed since the form was opened.
records-conflict-who = Last saved by { $who }, { $when }.
records-conflict-kept = Nothing was overwritten, and what you typed is kept below. Choose what shall stay.
records-conflict-caption = Differences between the versions
records-conflict-mine = Your version
records-conflict-stored = Stored now
records-conflict-was = was
records-conflict-same = Both versions are the same.
records-conflict-save = Save what is chosen
records-conflict-discard = Discard my changes
effect-renames = The key changes from “{ $from }” to “{ $to }”; what refers to it is carried along.
effect-carries =
    { $rows ->
        [one] { $table }: { $rows } entry follows the new key
       *[other] { $table }: { $rows } entries follow the new key
    }
effect-sets-password = The password is set
effect-sets-password-generated = A password is generated and shown once
effect-ends-sessions =
    { $count ->
        [one] { $count } session ends
       *[other] { $count } sessions end
    }
effect-changes-validity = Validity: { $from } → { $to }
effect-changes-role = Role: { $from } → { $to }
effect-table-customer-user = Customer users
effect-table-customer-preferences = Preferences
effect-table-group-customer-user = Permissions of people
effect-table-group-customer = Permissions of customers
effect-table-customer-user-customer = Further customers
effect-table-service-customer-user = Services
effect-table-ticket = Tickets
history-create = created
history-update = changed
history-rename = renamed
history-set-password = password set
history-import = imported
history-relate = relation changed
history-set-preference = preference changed
history-delete-preference = preference removed
history-door-page = on a page
history-door-rest = by REST
history-door-terminal = in the terminal
flash-record-added = Added: { $name }
flash-record-saved = Saved: { $name }
flash-record-unchanged = Nothing to change: { $name }
flash-record-password-set = Password set: { $name }
