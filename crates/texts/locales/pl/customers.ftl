# Pages of customers.
customers-title = Klienci
customers-add = Dodaj klienta
customers-search-label = Szukaj klientów
customers-column-name = Nazwa
customers-column-key = Identyfikator klienta
customers-column-city = Miasto
customers-empty-title = Nie ma jeszcze klientów
customers-empty-text = Klient to firma lub instytucja, której pracowników obsługujesz. Dodaj pierwszego, a potem jego użytkowników.
customers-people-title = Użytkownicy tego klienta
customers-people =
    { $count ->
        [one] { $count } osoba
        [few] { $count } osoby
       *[other] { $count } osób
    }
customers-people-more = ponad { $count } osób
customers-no-people = Ten klient nie ma jeszcze użytkowników.
