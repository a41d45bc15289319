# Pages of services.
services-title = Services
services-add = Add service
services-search-label = Search services
services-empty-title = There are no services yet
services-empty-text = A service is what customer users may ask for. Services form a tree: begin with the top level.
services-count =
    { $count ->
        [one] { $count } service
       *[other] { $count } services
    }
services-top = – top level –
services-below-title = Services below
services-add-below = Add a service below
services-nothing-below = There are no services below this one.
