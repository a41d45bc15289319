ties-customers-of-title = Customers of a person
ties-customers-of-text = Tick the customers whose tickets this person has access to, beside those of their primary customer.
ties-customers-of-search = Search customers to add
ties-customers-of-ticked = Customers
ties-customers-of-none = No customers yet.
ties-customers-of-found = Found
ties-people-of-title = People of a customer
ties-people-of-text = Tick people of other customers who belong to this customer, too.
ties-people-of-search = Search people to add
ties-people-of-ticked = Further people
ties-people-of-none = Nobody further belongs to this customer.
ties-people-of-found = Found
ties-services-of-title = Services of a person
ties-services-of-text = Tick the services that this person may ask for. If there are none, the default services apply.
ties-services-of-search = Filter services
ties-services-of-ticked = Services
ties-services-of-none = No services of their own, so the default services apply.
ties-services-of-found = Other services
ties-people-with-title = People with a service
ties-people-with-text = Tick the people who have this service as their own.
ties-people-with-search = Search people to add
ties-people-with-ticked = People
ties-people-with-none = Nobody has this service as their own.
ties-people-with-found = Found
ties-default-services-title = Default services
ties-default-services-text = Tick the services for everybody who has none of their own.
ties-default-services-search = Filter services
ties-default-services-ticked = Default services
ties-default-services-none = There are no default services.
ties-default-services-found = Other services
ties-primary = primary customer
ties-mapped = in the person’s record
ties-unknown = unknown
ties-invalid = invalid
ties-service-unknown = unknown
ties-service-invalid = invalid
ties-open-short = Open
ties-open = Open { $name }
ties-own-invalid = This record is invalid: things can be taken here, but not given.
ties-malformed = This search can’t be read. Put words that hold special characters in quotes.
ties-nothing-found = Nothing found.
ties-all-ticked = Everything that was found is ticked above already.
ties-more-found = There is more: narrow the search.
ties-refused = Nothing was saved:
ties-kept =
    { $count ->
        [one] One change is out of view and kept.
       *[other] { $count } changes are out of view and kept.
    }
ties-primary-people =
    { $count ->
        [one] This is the primary customer of one valid person.
       *[other] This is the primary customer of { $count } valid people.
    }
flash-ties-saved = Saved: { $count } changed.
effect-customer-gained =
    { $count ->
        [one] One person comes to belong to { $customer }
       *[other] { $count } people come to belong to { $customer }
    }
effect-customer-lost =
    { $count ->
        [one] One person no longer belongs to { $customer } by this
       *[other] { $count } people no longer belong to { $customer } by this
    }
effect-permission-gained =
    { $count ->
        [one] One person gets { $permission } in group { $group }
       *[other] { $count } people get { $permission } in group { $group }
    }
effect-permission-lost =
    { $count ->
        [one] One person loses { $permission } in group { $group }
       *[other] { $count } people lose { $permission } in group { $group }
    }
effect-people = { $what }: { $people }
effect-people-and-more =
    { $count ->
        [one] { $what }: { $people } and one more
       *[other] { $what }: { $people } and { $count } more
    }
effect-service-gained =
    { $count ->
        [one] One person gets the service { $service }
       *[other] { $count } people get the service { $service }
    }
effect-service-lost =
    { $count ->
        [one] One person loses the service { $service }
       *[other] { $count } people lose the service { $service }
    }
effect-default-service-gained = Everybody without services of their own gets { $service }
effect-default-service-lost = Everybody without services of their own loses { $service }
ties-link-customers = Change customers
ties-link-people = Change further people
ties-link-services = Change services
ties-link-with = Change people
ties-look-customers = Look at customers
ties-look-people = Look at further people
ties-look-services = Look at services
ties-look-with = Look at people
relations-customers-lead = Beside their own customer, people can see the tickets of further customers. Choose a person or a customer.
relations-customers-search = Find a person or a customer
relations-customers-people = Customers of a person
relations-customers-others = People of a customer
relations-services-lead = People may ask for the services that are ticked for them; without any of their own the default services hold. Choose a person or a service.
relations-services-search = Find a person or a service
relations-services-people = Services of a person
relations-services-others = People of a service
