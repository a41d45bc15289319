ties-customers-of-title = Klienci osoby
ties-customers-of-text = Proszę zaznaczyć klientów, w których zgłoszeniach ta osoba bierze udział oprócz własnych.
ties-customers-of-search = Szukaj klientów do dodania
ties-customers-of-ticked = Klienci
ties-customers-of-none = Nie ma jeszcze klientów.
ties-customers-of-found = Znalezione
ties-people-of-title = Osoby klienta
ties-people-of-text = Proszę zaznaczyć osoby innych klientów, które należą także do tego klienta.
ties-people-of-search = Szukaj osób do dodania
ties-people-of-ticked = Dalsze osoby
ties-people-of-none = Nikt inny nie należy do tego klienta.
ties-people-of-found = Znalezione
ties-services-of-title = Usługi osoby
ties-services-of-text = Proszę zaznaczyć usługi, o które ta osoba może prosić. Bez własnych obowiązują usługi domyślne.
ties-services-of-search = Filtruj usługi
ties-services-of-ticked = Usługi
ties-services-of-none = Brak własnych usług, więc obowiązują usługi domyślne.
ties-services-of-found = Usługi do zaznaczenia
ties-people-with-title = Osoby z usługą
ties-people-with-text = Proszę zaznaczyć osoby, które same mogą prosić o tę usługę.
ties-people-with-search = Szukaj osób do dodania
ties-people-with-ticked = Osoby
ties-people-with-none = Nikt nie ma tej usługi jako własnej.
ties-people-with-found = Znalezione
ties-default-services-title = Usługi domyślne
ties-default-services-text = Proszę zaznaczyć usługi dla wszystkich, którzy nie mają własnych.
ties-default-services-search = Filtruj usługi
ties-default-services-ticked = Usługi domyślne
ties-default-services-none = Nie ma usług domyślnych.
ties-default-services-found = Usługi do zaznaczenia
ties-primary = główny klient
ties-mapped = w danych osoby
ties-unknown = nieznane
ties-invalid = nieważne
ties-service-unknown = nieznana
ties-service-invalid = nieaktywna
ties-open-short = Otwórz
ties-open = Otwórz: { $name }
ties-own-invalid = To jest nieważne: można tu odbierać, ale nie nadawać.
ties-malformed = Tego wyszukiwania nie można odczytać. Słowa ze znakami specjalnymi należy ująć w cudzysłów.
ties-nothing-found = Niczego nie znaleziono.
ties-all-ticked = Wszystko, co znaleziono, jest już zaznaczone powyżej.
ties-more-found = Jest więcej wyników: proszę zawęzić wyszukiwanie.
ties-refused = Niczego nie zapisano:
ties-kept =
    { $count ->
        [one] Jedna zmiana jest poza widokiem i została zachowana.
        [few] { $count } zmiany są poza widokiem i zostały zachowane.
        [many] { $count } zmian jest poza widokiem i zostało zachowanych.
       *[other] { $count } zmiany są poza widokiem i zostały zachowane.
    }
ties-primary-people =
    { $count ->
        [one] Jedna ważna osoba należy do tego klienta według własnych danych.
        [few] { $count } ważne osoby należą do tego klienta według własnych danych.
        [many] { $count } ważnych osób należy do tego klienta według własnych danych.
       *[other] { $count } ważnej osoby należy do tego klienta według własnych danych.
    }
flash-ties-saved = Zapisano. Zmian: { $count }.
effect-customer-gained =
    { $count ->
        [one] Jedna osoba będzie należeć do { $customer }
        [few] { $count } osoby będą należeć do { $customer }
        [many] { $count } osób będzie należeć do { $customer }
       *[other] { $count } osoby będą należeć do { $customer }
    }
effect-customer-lost =
    { $count ->
        [one] Jedna osoba przestanie przez to należeć do { $customer }
        [few] { $count } osoby przestaną przez to należeć do { $customer }
        [many] { $count } osób przestanie przez to należeć do { $customer }
       *[other] { $count } osoby przestaną przez to należeć do { $customer }
    }
effect-permission-gained =
    { $count ->
        [one] Jedna osoba zyska { $permission } w grupie { $group }
        [few] { $count } osoby zyskają { $permission } w grupie { $group }
        [many] { $count } osób zyska { $permission } w grupie { $group }
       *[other] { $count } osoby zyska { $permission } w grupie { $group }
    }
effect-permission-lost =
    { $count ->
        [one] Jedna osoba straci { $permission } w grupie { $group }
        [few] { $count } osoby stracą { $permission } w grupie { $group }
        [many] { $count } osób straci { $permission } w grupie { $group }
       *[other] { $count } osoby straci { $permission } w grupie { $group }
    }
effect-people = { $what }: { $people }
effect-people-and-more =
    { $count ->
        [one] { $what }: { $people } i jeszcze jedna osoba
        [few] { $what }: { $people } i jeszcze { $count } osoby
        [many] { $what }: { $people } i jeszcze { $count } osób
       *[other] { $what }: { $people } i jeszcze { $count } osoby
    }
effect-service-gained =
    { $count ->
        [one] Jedna osoba zyska usługę { $service }
        [few] { $count } osoby zyskają usługę { $service }
        [many] { $count } osób zyska usługę { $service }
       *[other] { $count } osoby zyska usługę { $service }
    }
effect-service-lost =
    { $count ->
        [one] Jedna osoba straci usługę { $service }
        [few] { $count } osoby stracą usługę { $service }
        [many] { $count } osób straci usługę { $service }
       *[other] { $count } osoby straci usługę { $service }
    }
effect-default-service-gained = Wszyscy bez własnych usług zyskają { $service }
effect-default-service-lost = Wszyscy bez własnych usług stracą { $service }
ties-link-customers = Zmień klientów
ties-link-people = Zmień dalsze osoby
ties-link-services = Zmień usługi
ties-link-with = Zmień osoby
ties-look-customers = Zobacz klientów
ties-look-people = Zobacz dodatkowe osoby
ties-look-services = Zobacz usługi
ties-look-with = Zobacz osoby
