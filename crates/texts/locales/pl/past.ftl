past-title = Dostęp w wybranym dniu
past-text = Co ta osoba miała w każdej grupie na koniec dnia, według dziennika.
past-day = Dzień
past-until = Porównaj z
past-until-hint = Puste pole = dziś.
past-show = Pokaż
past-then = Na koniec dnia { $day }
past-unknown = W tym dniu ta osoba nie była znana.
past-invalid = W tym dniu osoba była nieaktywna, więc nie miała żadnych uprawnień.
past-nothing = Brak uprawnień w jakiejkolwiek grupie.
past-why = Dlaczego
past-why-direct = nadano osobie
past-why-customer = przez klienta { $customer }
past-why-always = grupa domyślna użytkowników klientów
past-why-company = grupa domyślna klientów, przez { $customer }
past-why-off = uprawnienia grupowe były wyłączone
past-since = Co zmieniło się od tego czasu
past-same = Nic: uprawnienia są te same.
past-gained = zyskano uprawnienie { $permission } w grupie { $group }
past-lost = stracono uprawnienie { $permission } w grupie { $group }
past-link = Dostęp w wybranym dniu
past-customer-text = Co ten klient miał w każdej grupie na koniec dnia, według dziennika.
past-customer-unknown = W tym dniu ten klient nie był znany.
past-customer-invalid = W tym dniu klient był nieaktywny, więc nie miał żadnych uprawnień.
past-group-text = Kto miał uprawnienie w tej grupie na koniec dnia, według dziennika. Osoby już nieaktywne są na końcu.
past-group-unknown = W tym dniu tej grupy jeszcze nie było.
past-group-invalid = W tym dniu grupa była nieaktywna, więc nikt nie miał w niej uprawnień.
past-group-name = W tym dniu grupa nazywała się { $name }.
past-customers =
    { $count ->
        [one] Jeden klient
        [few] { $count } klientów
        [many] { $count } klientów
       *[other] { $count } klienta
    }
past-change = Zmiana
past-change-gained = zyskano
past-change-lost = stracono
past-gained-count =
    { $count ->
        [one] Zyskał 1
        [few] Zyskało { $count }
       *[other] Zyskało { $count }
    }
past-lost-count =
    { $count ->
        [one] stracił 1
        [few] straciło { $count }
       *[other] straciło { $count }
    }
