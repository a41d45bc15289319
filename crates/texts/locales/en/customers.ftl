# Pages of customers.
customers-title = Customers
customers-add = Add customer
customers-search-label = Search customers
customers-column-name = Name
customers-column-key = Customer ID
customers-column-city = City
customers-empty-title = There are no customers yet
customers-empty-text = A customer is a company or organisation whose people you serve. Add the first one, then its customer users.
customers-people-title = Customer users of this customer
customers-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
customers-people-more = more than { $count } people
customers-no-people = This customer has no customer users yet.
