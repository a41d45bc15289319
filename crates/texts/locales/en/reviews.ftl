nav-reviews = Access reviews
about-reviews = Go through what a group or customer was given, confirm or revoke each, sign off
reviews-title = Access reviews
reviews-text = In a review everything that a group or customer was given is confirmed or revoked, one by one. The signed result is kept.
reviews-none = No reviews yet
reviews-none-text = A review goes through who has what in a group, or what a customer has. Nothing changes before it is signed off.
reviews-none-so = No reviews in this state
reviews-show-all-states = Show all
reviews-begin = Start a review
reviews-link = Start an access review
reviews-of-group = Group { $name }
reviews-of-customer = Customer { $name }
reviews-item = Item { $number }
reviews-items = What is reviewed
reviews-state = State
reviews-state-all = All
reviews-state-open = open
reviews-state-signed-off = signed off
reviews-state-cancelled = cancelled
reviews-column-of = Subject
reviews-column-progress = Progress
reviews-column-begun = Started
reviews-column-ended = Ended
reviews-column-who = Who
reviews-column-what = Permission
reviews-column-decision = Decision
reviews-column-comment = Comment
reviews-column-outcome = Outcome
reviews-progress = { $decided } of { $items } decided
reviews-came-to = { $kept } stay, { $revoked } revoked
reviews-choose-title = What is to be reviewed?
reviews-choose-text = Choose a group, or search for a customer.
reviews-choose-search = Group or customer
reviews-choose-groups = Groups
reviews-choose-no-groups = There is no group in which you may give permissions.
reviews-choose-customers = Customers
reviews-choose-customers-text = Search for a customer above.
reviews-begin-title = Start an access review
reviews-begin-now = Start the review
reviews-begin-grants =
    { $count ->
        [0] Nothing is given here that could be reviewed.
        [one] One grant will be reviewed.
       *[other] { $count } grants will be reviewed.
    }
reviews-not-begun = The review cannot be started.
reviews-open-already = This is under review already.
reviews-open-go = Go to that review
reviews-note = Note
reviews-note-hint = What the review is for. It is kept with the result.
reviews-end-note = Note with the result
reviews-beside-off = Permissions by group are switched off: everybody has everything, whatever is decided here.
reviews-beside-always = Every customer user has the group { $group } anyway. That is changed in the access settings.
reviews-beside-company = Every customer has the group { $group } anyway. That is changed in the access settings.
reviews-beside-invalid-group = The group { $group } is invalid, so nothing that is given in it counts at the moment.
reviews-beside-invalid-customer = The customer is invalid, so nothing that is given to it counts at the moment.
reviews-begun-by = started { $when } by { $who }
reviews-signed-by = Signed off { $when } by { $who }
reviews-cancelled-by = Cancelled { $when } by { $who }
reviews-subject-group = Go to the group
reviews-subject-customer = Go to the customer
reviews-was = was { $key }
reviews-to-revoke =
    { $count ->
        [one] one to revoke
       *[other] { $count } to revoke
    }
reviews-gone =
    { $count ->
        [one] One item was taken away by somebody else since. It needs no decision.
       *[other] { $count } items were taken away by somebody else since. They need no decision.
    }
reviews-added =
    { $count ->
        [one] One grant was added since the review began
       *[other] { $count } grants were added since the review began
    }
reviews-added-unreviewed =
    { $count ->
        [one] One grant was added since the review began and is not in it. It stays, unreviewed.
       *[other] { $count } grants were added since the review began and are not in it. They stay, unreviewed.
    }
reviews-take-in = Take them into the review
reviews-show = Show
reviews-show-undecided = Undecided
reviews-show-revoke = To revoke
reviews-show-confirm = Confirmed
reviews-show-all = All
reviews-search = Name, key, group or permission
reviews-nothing-here = Nothing here
reviews-nothing-here-text = No item has this decision.
reviews-no-items = Nothing was given when the review began. It can be signed off.
reviews-all-decided = Everything is decided. The review can be signed off.
reviews-shown =
    { $count ->
        [one] One item
       *[other] { $count } items
    }
reviews-choice-undecided = undecided
reviews-choice-confirm = confirm
reviews-choice-revoke = revoke
reviews-decided-undecided = undecided
reviews-decided-confirm = confirmed
reviews-decided-revoke = to revoke
reviews-outcome-all = All
reviews-outcome-kept = Stays
reviews-outcome-revoked = Revoked
reviews-outcome-gone = Gone before
reviews-unreviewed = Added since and not reviewed
reviews-comment-on = Comment on { $name }
reviews-needs-other = Somebody else has to decide on this.
reviews-earlier =
    { $count ->
        [one] One earlier decision
       *[other] { $count } earlier decisions
    }
reviews-what = { $permission } in group { $group }
reviews-what-further = further customer { $customer }
reviews-people =
    { $count ->
        [0] reaches nobody
        [one] reaches one person
       *[other] reaches { $count } people
    }
reviews-no-longer-given = revoked already
reviews-unknown = unknown
reviews-invalid = invalid
reviews-also = Also { $permission }: { $why }
reviews-also-direct = by another grant
reviews-also-customer = through customer { $customer }
reviews-also-always = default group of customer users
reviews-also-company = default group of customers
reviews-also-off = permissions by group are switched off
reviews-also-record = Belongs to the customer by the person’s own record, too
reviews-save = Save decisions
reviews-save-next = Save and next page
reviews-page-confirm = Confirm all on this page
reviews-page-revoke = Revoke all on this page
reviews-all-title =
    { $count ->
        [one] The one item found
       *[other] All { $count } items found
    }
reviews-all-text = Decides on everything that the choice and the search above leave, on other pages too. What somebody else has to decide on is left alone.
reviews-all-confirm =
    { $count ->
        [one] Confirm one
       *[other] Confirm all { $count }
    }
reviews-all-revoke =
    { $count ->
        [one] Revoke one
       *[other] Revoke all { $count }
    }
reviews-mistakes =
    { $count ->
        [one] Nothing was saved: one mistake. Everything that was typed is kept.
       *[other] Nothing was saved: { $count } mistakes. Everything that was typed is kept.
    }
reviews-sign-off = Sign off and close …
reviews-sign-off-title = Sign off
reviews-sign-off-text = Everything marked “to revoke” is taken away at once, and the review is closed. Afterwards nothing in it changes; what was taken away can be taken back in the journal.
reviews-sign-off-now =
    { $count ->
        [0] Sign off, nothing is revoked
        [one] Sign off and revoke one
       *[other] Sign off and revoke { $count }
    }
reviews-not-signed = The review cannot be signed off like this. Every decision is kept.
reviews-preview = What is taken away
reviews-preview-nothing = Nothing: everything stays as it is.
reviews-back = Back to the review
reviews-cancel = Cancel the review
reviews-cancel-title = Cancel the review
reviews-cancel-text = The review is closed and kept as it is. Nothing is taken away.
reviews-cancel-now = Cancel the review
reviews-export-csv = Export as CSV
reviews-export-json = Export as JSON
reviews-digest = SHA-256 of the result, also in the journal:
reviews-take-back = Take the revocations back
flash-review-begun =
    { $count ->
        [one] The review has begun, with one item.
       *[other] The review has begun, with { $count } items.
    }
flash-review-decided =
    { $count ->
        [0] Nothing had to be saved.
        [one] One decision saved.
       *[other] { $count } decisions saved.
    }
flash-review-decided-some =
    { $count ->
        [one] One decision saved; { $detail } left for somebody else.
       *[other] { $count } decisions saved; { $detail } left for somebody else.
    }
flash-review-overruled =
    { $count ->
        [one] Saved. { $name } had decided otherwise on one of them meanwhile; both decisions are kept, yours counts.
       *[other] Saved. { $name } had decided otherwise on { $count } of them meanwhile; all decisions are kept, yours count.
    }
flash-review-taken-in =
    { $count ->
        [0] Nothing had to be taken in.
        [one] One grant was taken in.
       *[other] { $count } grants were taken in.
    }
flash-review-refused = Not done: { $detail }
flash-review-closed = Nothing was saved: the review has been closed meanwhile.
flash-review-signed =
    { $count ->
        [0] Signed off. Nothing was revoked.
        [one] Signed off. One grant was revoked.
       *[other] Signed off. { $count } grants were revoked.
    }
flash-review-cancelled = The review is cancelled. Nothing was taken away.
problem-review-closed = The review is closed: it was signed off or cancelled.
problem-review-open = This is under review already: review { $number }.
problem-too-many-grants =
    { $count ->
        [one] There is more than one grant, which is more than a review takes.
       *[other] There are more than { $count } grants, which is more than one review takes.
    }
problem-undecided =
    { $count ->
        [one] One item is not decided yet.
       *[other] { $count } items are not decided yet.
    }
problem-review-changed = Something was decided, given or taken since this was shown. Look at it again.
journal-fault-review = Entry { $entry } signed off a review that was changed afterwards.
kind-review = access review
action-start-review = started
action-take-into-review = took grants into
action-sign-off-review = signed off
action-cancel-review = cancelled
review-field-items = Items
review-field-note = Note
review-field-confirmed = Confirmed
review-field-revoked = Revoked
review-field-gone = Gone before
review-field-unreviewed = Not reviewed
review-field-digest = SHA-256
review-field-name = Group
review-field-customerid = Customer
reviews-effect-lost =
    { $count ->
        [one] One person loses { $permission } in group { $group }
       *[other] { $count } people lose { $permission } in group { $group }
    }
reviews-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
