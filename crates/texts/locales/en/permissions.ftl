# Pages of permissions on groups.
about-permissions = Who may read, create and edit in which group, and why
permissions-title = Permissions
permissions-person-title = Permissions of a customer user
permissions-customer-title = Permissions of a customer
permissions-group-people-title = Customer users in a group
permissions-group-customers-title = Customers in a group
permissions-name-ro = read (ro)
permissions-name-rw = edit (rw)
permissions-name-create = create (create)
permissions-name-note = note (note)
permissions-name-move-into = move into (move_into)
permissions-name-owner = owner (owner)
permissions-name-priority = priority (priority)
permissions-about-ro = Sees the group's tickets.
permissions-about-rw = Everything: sees tickets, writes in them, and creates new ones. Includes all other permissions.
permissions-about-create = Creates tickets in the group's queues.
permissions-about-note = Adds notes to tickets.
permissions-about-move-into = Moves tickets into the group's queues.
permissions-about-owner = Changes the owner of tickets.
permissions-about-priority = Changes the priority of tickets.
permissions-context-same = own customer's tickets
permissions-context-other = other customers' tickets
permissions-yes = yes
permissions-no = no
permissions-held = held already in another way
permissions-always = always
permissions-direction = Direction
permissions-direction-person = person → groups
permissions-direction-customer = customer → groups
permissions-direction-other-person = group → people
permissions-direction-other-customer = group → customers
permissions-direction-group-people = group → people
permissions-direction-group-customers = group → customers
permissions-back = Back
permissions-column-group = Group
permissions-column-person = Customer user
permissions-column-customer = Customer
permissions-column-who = Who
permissions-column-why = Where from
permissions-permission = Permission
permissions-filter-groups = Filter groups
permissions-search-people = Find people to give something to
permissions-search-customers = Find customers to give something to
permissions-shown-given = The list shows those to whom something is given here directly. Search to add others.
permissions-found =
    { $count ->
        [one] { $count } found
       *[other] { $count } found
    }
permissions-found-more = more than { $count } found
permissions-empty-title = Nothing is given here yet
permissions-empty-text = Search above for whoever is to get something.
permissions-empty-search = Check the spelling, or search for a shorter part. Only valid ones are found.
permissions-toggle-column = Tick or untick the whole column
permissions-toggle-row = whole row
permissions-toggle-row-of = { $name }: tick or untick the whole row
permissions-changes = Changes to save:
permissions-changes-unseen = not shown here: { $count }
permissions-discard = Discard
permissions-keys = Arrow keys: cell · Space: tick · Shift+Space: whole row · Ctrl+Space: whole column · Home, End: ends of the row · Enter: to the links in a cell, Esc: back · Ctrl+Enter: save
permissions-legend = What it means
permissions-mark-given = given
permissions-mark-given-about = Ticked here.
permissions-mark-held = held anyway
permissions-mark-held-about = Through a customer, or as a part of rw; it needs no tick.
permissions-mark-always-about = Everybody has the group. That is changed in the access settings, not here.
permissions-mistakes =
    { $count ->
        [one] Nothing was saved: { $count } mistake. All ticks are kept.
       *[other] Nothing was saved: { $count } mistakes. All ticks are kept.
    }
permissions-change = { $who }: { $permission } in group { $group }
permissions-effect-gained =
    { $count ->
        [one] { $count } person { $customers } gets: { $permission } in group { $group }
       *[other] { $count } people { $customers } get: { $permission } in group { $group }
    }
permissions-effect-lost =
    { $count ->
        [one] { $count } person { $customers } loses: { $permission } in group { $group }
       *[other] { $count } people { $customers } lose: { $permission } in group { $group }
    }
permissions-of-customers =
    { $count ->
        [one] of { $count } customer
       *[other] of { $count } customers
    }
permissions-no-effects = Nobody gains or loses a permission by this: they have it, or lack it, in other ways.
permissions-more-changes =
    { $count ->
        [one] and { $count } more change
       *[other] and { $count } more changes
    }
permissions-more-people =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
permissions-off-title = Permissions by group are switched off.
permissions-off-text = Every valid customer user has every permission in every valid group, so there is nothing to tick.
permissions-off-settings = Access settings
permissions-off-meanwhile = Nothing was saved: permissions by group were switched off meanwhile. These changes had been ticked:
permissions-locked-reader = You can look at permissions but not change them.
permissions-locked-group = You have no right to give permissions in this group.
permissions-person-invalid = This customer user is not valid and therefore has no permission at all. Ticks count again when they are valid.
permissions-customer-invalid = This customer is not valid and therefore gives no permission to anybody. Ticks count again when it is valid.
permissions-group-invalid = invalid
permissions-group-unknown = unknown
permissions-row-unknown = unknown
permissions-row-invalid = invalid
permissions-note-group-invalid = This group is not valid and gives no permission to anybody. Ticks can only be taken away.
permissions-note-always-group-people = Every customer user has this group, with all permissions.
permissions-note-always-group-customers = Every customer has this group for its own tickets, with all permissions.
permissions-note-left-out =
    { $count ->
        [one] { $count } more entry names somebody unknown or invalid and is not shown.
       *[other] { $count } more entries name somebody unknown or invalid and are not shown.
    }
permissions-why-direct = given directly
permissions-why-customer = given to the customer
permissions-why-via = through customer
permissions-why-always = default group of customer users
permissions-why-company-always = default group of customers
permissions-why-off = permissions by group are off
permissions-belonging-primary = primary customer
permissions-belonging-mapped = named in the record
permissions-belonging-further = further customer
permissions-card-title = Effective permissions
permissions-card-change = Change permissions
permissions-card-look = Look at permissions
permissions-card-draft = This applies once the form is saved as it is now.
permissions-card-none = No permission in any group.
permissions-reach-title = Customers whose tickets can be seen
permissions-reach-through = through group
permissions-reach-none = None.
permissions-reach-more = Show all of them
permissions-reach-first =
    { $count ->
        [one] Only the first customer is shown; there are more.
       *[other] Only the first { $count } customers are shown; there are more.
    }
permissions-reach-disabled = Access to tickets of customers is switched off: everybody sees their own tickets only.
permissions-who-title = Who has access
permissions-who-of = Whose permissions
permissions-who-people = Customer users
permissions-who-customers = Customers
permissions-who-all = Show all
permissions-who-many = Many customers have it; the first of them are on a page of their own.
permissions-who-nobody = Nobody
permissions-who-nobody-text = Nobody has this permission in this group.
permissions-who-count = Count everybody
permissions-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
permissions-explain-title = Why?
permissions-explain-link = Why?
permissions-explain-row = Why? { $name }
permissions-explain-ask = Explain
permissions-explain-choose = Choose a group and a permission
permissions-explain-has = { $name } has the permission { $permission } in group { $group }
permissions-explain-lacks = { $name } does not have the permission { $permission } in group { $group }
permissions-explain-obstacles = What stands in the way
permissions-explain-ways = How to give it (any one of these)
permissions-explain-and = and
permissions-obstacle-unknown-person = The customer user is in no source.
permissions-obstacle-invalid-person = The customer user is not valid.
permissions-obstacle-invalid-group = The group is not valid.
permissions-obstacle-not-given = It is given neither to the customer user, nor to their customers, nor to everybody.
permissions-obstacle-invalid-customer = Customer { $customer } has it but is not valid.
permissions-obstacle-unknown-customer = Customer { $customer } has it but is in no source.
permissions-obstacle-other-context = Customer { $customer } has it for other customers' tickets only.
permissions-obstacle-has-only = Only this is given: { $permissions }
permissions-remedy-validate-person = make the customer user valid
permissions-remedy-validate-group = make the group valid
permissions-remedy-give-person = give it to the customer user directly
permissions-remedy-validate-customer = make customer { $customer } valid
permissions-remedy-give-customer = give it to customer { $customer }, and so to everybody there
permissions-remedy-always-group = make the group a default group
permissions-start-search = Search customer users, customers, groups
permissions-start-people = Customer users
permissions-start-people-text = Search for somebody to see and change their permissions in all groups.
permissions-start-customers = Customers
permissions-start-customers-text = Search for a customer: its permissions count for all its people.
permissions-start-groups = Groups
permissions-start-more =
    { $count ->
        [one] and { $count } more: search more precisely
       *[other] and { $count } more: search more precisely
    }
flash-permissions-saved =
    { $count ->
        [one] One change was saved.
       *[other] { $count } changes were saved.
    }
flash-permissions-unchanged = Nothing had to be changed.
permissions-held-back = What was given to this login is held back since { $since }: the source says that it is another person's now.
permissions-why-not = Why does this person not have…
permissions-holding-all = All of them
