past-title = Access on a chosen day
past-text = What this person had in every group at the end of a day, according to the journal.
past-day = Day
past-until = Compare with
past-until-hint = Empty = today.
past-show = Show
past-then = At the end of { $day }
past-unknown = This person was not known on that day.
past-invalid = The person was not valid on that day, so they had nothing.
past-nothing = No permissions in any group.
past-why = Why
past-why-direct = given to the person
past-why-customer = by customer { $customer }
past-why-always = default group of customer users
past-why-company = default group of customers, by { $customer }
past-why-off = permissions by group were off
past-since = What changed since then
past-same = Nothing: the permissions are the same.
past-gained = gained { $permission } in group { $group }
past-lost = lost { $permission } in group { $group }
past-link = Access on a chosen day
past-customer-text = What this customer had in every group at the end of a day, according to the journal.
past-customer-unknown = This customer was not known on that day.
past-customer-invalid = The customer was not valid on that day, so it had nothing.
past-group-text = Who had a permission in this group at the end of a day, according to the journal. Those who are invalid by now come last.
past-group-unknown = This group was not there yet on that day.
past-group-invalid = The group was not valid on that day, so nobody had anything in it.
past-group-name = On that day the group was called { $name }.
past-customers =
    { $count ->
        [one] One customer
       *[other] { $count } customers
    }
past-change = Change
past-change-gained = gained
past-change-lost = lost
past-gained-count =
    { $count ->
        [one] One gained it
       *[other] { $count } gained it
    }
past-lost-count =
    { $count ->
        [one] one lost it
       *[other] { $count } lost it
    }
