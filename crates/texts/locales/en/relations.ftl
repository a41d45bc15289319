# What permissions, customers and services have in common.
relations-give = give:
relations-take = take:
relations-moved = Nothing is saved yet: “{ $from }” was renamed to “{ $to }” meanwhile. What was ticked is kept below; if it still fits, save it once more.
relations-lost = Nothing was saved: the record “{ $key }” is no longer there. Below is everything that was ticked.
relations-lost-ticked = Was ticked
relations-first-page = This place in the list is no longer there, so the list begins at its start.
relations-customer = { $login }: customer { $customer }
relations-service = { $login }: service { $service }
