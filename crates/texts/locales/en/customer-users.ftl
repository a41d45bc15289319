# Pages of customer users.
customer-users-title = Customer users
customer-users-add = Add customer user
customer-users-search-label = Search customer users
customer-users-column-name = Name
customer-users-column-key = Username
customer-users-column-email = Email
customer-users-column-customer = Customer
customer-users-customer = Customer
customer-users-unknown-customer = There is no such customer
customer-users-unknown-customer-id = No source has a customer with the ID “{ $id }”.
customer-users-empty-title = There are no customer users yet
customer-users-empty-text = A customer user is a person who turns to the help desk. Add the first one.
customer-users-no-customer = There is no valid customer yet, and every customer user has to belong to one. Add a customer first.
