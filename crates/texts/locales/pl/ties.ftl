ties-customers-of-title = Klienci osoby
ties-customers-of-text = Zaznacz klientów, do których zgłoszeń ta osoba ma dostęp oprócz zgłoszeń głównego klienta.
ties-customers-of-search = Szukaj klientów do dodania
ties-customers-of-ticked = Klienci
ties-customers-of-none = Nie ma jeszcze klientów.
ties-customers-of-found = Znalezione
ties-people-of-title = Osoby powiązane z klientem
ties-people-of-text = Zaznacz osoby innych klientów, które należą także do tego klienta.
ties-people-of-search = Szukaj osób do dodania
ties-people-of-ticked = Dodatkowe osoby
ties-people-of-none = Nikt dodatkowy nie należy do tego klienta.
ties-people-of-found = Znalezione
ties-services-of-title = Usługi osoby
ties-services-of-text = Zaznacz usługi, z których ta osoba może korzystać. Jeśli nie ma własnych usług, obowiązują usługi domyślne.
ties-services-of-search = Filtruj usługi
ties-services-of-ticked = Usługi
ties-services-of-none = Brak własnych usług, więc obowiązują usługi domyślne.
ties-services-of-found = Pozostałe usługi
ties-people-with-title = Osoby z usługą
ties-people-with-text = Zaznacz osoby, które mają tę usługę jako własną.
ties-people-with-search = Szukaj osób do dodania
ties-people-with-ticked = Osoby
ties-people-with-none = Nikt nie ma tej usługi jako własnej.
ties-people-with-found = Znalezione
ties-default-services-title = Usługi domyślne
ties-default-services-text = Zaznacz usługi dla wszystkich, którzy nie mają własnych.
ties-default-services-search = Filtruj usługi
ties-default-services-ticked = Usługi domyślne
ties-default-services-none = Nie ma usług domyślnych.
ties-default-services-found = Pozostałe usługi
ties-primary = główny klient
ties-mapped = w danych osoby
ties-unknown = nieznany
ties-invalid = nieaktywny
ties-service-unknown = nieznana
ties-service-invalid = nieaktywna
ties-open-short = Otwórz
ties-open = Otwórz: { $name }
ties-own-invalid = Rekord jest nieaktywny: można tu odbierać, ale nie nadawać.
ties-malformed = Tego wyszukiwania nie można odczytać. Ujmij słowa ze znakami specjalnymi w cudzysłów.
ties-nothing-found = Niczego nie znaleziono.
ties-all-ticked = Wszystko, co znaleziono, jest już zaznaczone powyżej.
ties-more-found = Wyników jest więcej: zawęź wyszukiwanie.
ties-refused = Nic nie zapisano:
ties-kept =
    { $count ->
        [one] Jedna zmiana jest poza widokiem i została zachowana.
        [few] { $count } zmiany są poza widokiem i zostały zachowane.
        [many] { $count } zmian jest poza widokiem i zostało zachowanych.
       *[other] { $count } zmiany są poza widokiem i zostały zachowane.
    }
ties-primary-people =
    { $count ->
        [one] Dla jednej aktywnej osoby to główny klient.
        [few] Dla { $count } aktywnych osób to główny klient.
        [many] Dla { $count } aktywnych osób to główny klient.
       *[other] Dla { $count } aktywnej osoby to główny klient.
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
        [one] Jedna osoba zyska uprawnienia { $permission } w grupie { $group }
        [few] { $count } osoby zyskają uprawnienia { $permission } w grupie { $group }
        [many] { $count } osób zyska uprawnienia { $permission } w grupie { $group }
       *[other] { $count } osoby zyskają uprawnienia { $permission } w grupie { $group }
    }
effect-permission-lost =
    { $count ->
        [one] Jedna osoba straci uprawnienia { $permission } w grupie { $group }
        [few] { $count } osoby stracą uprawnienia { $permission } w grupie { $group }
        [many] { $count } osób straci uprawnienia { $permission } w grupie { $group }
       *[other] { $count } osoby stracą uprawnienia { $permission } w grupie { $group }
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
       *[other] { $count } osoby zyskają usługę { $service }
    }
effect-service-lost =
    { $count ->
        [one] Jedna osoba straci usługę { $service }
        [few] { $count } osoby stracą usługę { $service }
        [many] { $count } osób straci usługę { $service }
       *[other] { $count } osoby stracą usługę { $service }
    }
effect-default-service-gained = Wszyscy bez własnych usług zyskają { $service }
effect-default-service-lost = Wszyscy bez własnych usług stracą { $service }
ties-link-customers = Zmień klientów
ties-link-people = Zmień dodatkowe osoby
ties-link-services = Zmień usługi
ties-link-with = Zmień osoby
ties-look-customers = Zobacz klientów
ties-look-people = Zobacz dodatkowe osoby
ties-look-services = Zobacz usługi
ties-look-with = Zobacz osoby
relations-customers-lead = Oprócz zgłoszeń własnego klienta osoba może widzieć zgłoszenia dalszych klientów. Wybierz osobę lub klienta.
relations-customers-search = Znajdź osobę lub klienta
relations-customers-people = Klienci osoby
relations-customers-others = Osoby klienta
relations-services-lead = Osoba może korzystać z usług, które jej zaznaczono; bez własnych obowiązują usługi domyślne. Wybierz osobę lub usługę.
relations-services-search = Znajdź osobę lub usługę
relations-services-people = Usługi osoby
relations-services-others = Osoby z usługą
