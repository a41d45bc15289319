# Pages of customer users.
customer-users-title = Użytkownicy klientów
customer-users-add = Dodaj użytkownika klienta
customer-users-search-label = Szukaj użytkowników klientów
customer-users-column-name = Nazwisko i imię
customer-users-column-key = Nazwa użytkownika
customer-users-column-email = E-mail
customer-users-column-customer = Klient
customer-users-customer = Klient
customer-users-unknown-customer = Nie ma takiego klienta
customer-users-unknown-customer-id = Klienta o identyfikatorze „{ $id }” nie ma w żadnym źródle.
customer-users-empty-title = Nie ma jeszcze użytkowników klientów
customer-users-empty-text = Użytkownik klienta to osoba, która zgłasza sprawy do zespołu wsparcia. Dodaj pierwszą osobę.
customer-users-no-customer = Nie ma jeszcze żadnego aktywnego klienta, a każdy użytkownik klienta musi do jakiegoś należeć. Najpierw dodaj klienta.
