past-title = Dostęp w wybranym dniu z przeszłości
past-text = Co ta osoba miała w każdej grupie na koniec dnia, odtworzone z dziennika.
past-day = Dzień
past-until = Porównaj z
past-until-hint = Puste: z chwilą obecną.
past-show = Pokaż
past-then = Na koniec dnia { $day }
past-unknown = W tym dniu ta osoba nie była znana.
past-invalid = W tym dniu osoba była nieważna, więc nie miała nic.
past-nothing = Brak uprawnień w jakiejkolwiek grupie.
past-why = Dlaczego
past-why-direct = nadano osobie
past-why-customer = przez klienta { $customer }
past-why-always = grupę mieli wszyscy
past-why-company = grupę miał każdy klient, przez { $customer }
past-why-off = uprawnienia według grup były wyłączone
past-since = Co zmieniło się od tego czasu
past-same = Nic: uprawnienia są te same.
past-gained = zyskano { $permission } w grupie { $group }
past-lost = stracono { $permission } w grupie { $group }
past-link = Dostęp w wybranym dniu z przeszłości
past-customer-text = Co ten klient miał w każdej grupie na koniec dnia, odtworzone z dziennika.
past-customer-unknown = W tym dniu ten klient nie był znany.
past-customer-invalid = W tym dniu klient był nieważny, więc nie miał nic.
past-group-text = Kto miał uprawnienie w tej grupie na koniec dnia, odtworzone z dziennika. Osoby już nieważne są na końcu.
past-group-unknown = W tym dniu tej grupy jeszcze nie było.
past-group-invalid = W tym dniu grupa była nieważna, więc nikt nic w niej nie miał.
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
        [one] Zyskał jeden
        [few] Zyskało { $count }
       *[other] Zyskało { $count }
    }
past-lost-count =
    { $count ->
        [one] stracił jeden
        [few] straciło { $count }
       *[other] straciło { $count }
    }
