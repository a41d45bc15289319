# Strony uprawnień na grupach.
about-permissions = Kto w której grupie może czytać, tworzyć i edytować zgłoszenia i dlaczego
permissions-title = Uprawnienia
permissions-person-title = Uprawnienia użytkownika klienta
permissions-customer-title = Uprawnienia klienta
permissions-group-people-title = Użytkownicy klientów w grupie
permissions-group-customers-title = Klienci w grupie
permissions-name-ro = odczyt (ro)
permissions-name-rw = edycja (rw)
permissions-name-create = tworzenie (create)
permissions-name-note = notatka (note)
permissions-name-move-into = przenoszenie (move_into)
permissions-name-owner = właściciel (owner)
permissions-name-priority = priorytet (priority)
permissions-about-ro = Widzi zgłoszenia grupy.
permissions-about-rw = Wszystko: widzi zgłoszenia, pisze w nich i tworzy nowe. Zawiera pozostałe uprawnienia.
permissions-about-create = Tworzy zgłoszenia w kolejkach grupy.
permissions-about-note = Dodaje notatki do zgłoszeń.
permissions-about-move-into = Przenosi zgłoszenia do kolejek grupy.
permissions-about-owner = Zmienia właściciela zgłoszeń.
permissions-about-priority = Zmienia priorytet zgłoszeń.
permissions-context-same = zgłoszenia własnego klienta
permissions-context-other = zgłoszenia innych klientów
permissions-yes = tak
permissions-no = nie
permissions-held = ma je już w inny sposób
permissions-always = zawsze
permissions-direction = Kierunek
permissions-direction-person = osoba → grupy
permissions-direction-customer = klient → grupy
permissions-direction-other-person = grupa → osoby
permissions-direction-other-customer = grupa → klienci
permissions-direction-group-people = grupa → osoby
permissions-direction-group-customers = grupa → klienci
permissions-back = Wróć
permissions-column-group = Grupa
permissions-column-person = Użytkownik klienta
permissions-column-customer = Klient
permissions-column-who = Kto
permissions-column-why = Pochodzenie
permissions-permission = Uprawnienie
permissions-filter-groups = Filtruj grupy
permissions-search-people = Znajdź osoby, aby nadać im uprawnienia
permissions-search-customers = Znajdź klientów, aby nadać im uprawnienia
permissions-shown-given = Lista pokazuje tych, którym nadano uprawnienie bezpośrednio. Aby dodać innych, wyszukaj ich.
permissions-found =
    { $count ->
        [one] znaleziono { $count }
        [few] znaleziono { $count }
       *[other] znaleziono { $count }
    }
permissions-found-more = znaleziono ponad { $count }
permissions-empty-title = Nic tu jeszcze nie nadano
permissions-empty-text = Wyszukaj powyżej osoby lub klientów, którzy mają otrzymać uprawnienia.
permissions-empty-search = Sprawdź pisownię albo szukaj krótszej części słowa. Wyszukiwane są tylko aktywne rekordy.
permissions-toggle-column = Zaznacz lub odznacz całą kolumnę
permissions-toggle-row = cały wiersz
permissions-toggle-row-of = { $name }: zaznacz lub odznacz cały wiersz
permissions-changes = Zmiany do zapisania:
permissions-changes-unseen = niewidoczne tutaj: { $count }
permissions-discard = Odrzuć
permissions-keys = Strzałki: komórka · Spacja: zaznacz · Shift+Spacja: cały wiersz · Ctrl+Spacja: cała kolumna · Home, End: końce wiersza · Enter: do odnośników w komórce, Esc: z powrotem · Ctrl+Enter: zapisz
permissions-legend = Legenda
permissions-mark-given = nadane
permissions-mark-given-about = Zaznaczone tutaj.
permissions-mark-held = już ma
permissions-mark-held-about = Przez klienta albo jako część rw; nie trzeba zaznaczać.
permissions-mark-always-about = Tę grupę mają wszyscy. Zmienia się to w ustawieniach dostępu, nie tutaj.
permissions-mistakes =
    { $count ->
        [one] Nic nie zapisano: { $count } błąd. Wszystkie zaznaczenia są zachowane.
        [few] Nic nie zapisano: { $count } błędy. Wszystkie zaznaczenia są zachowane.
       *[other] Nic nie zapisano: { $count } błędów. Wszystkie zaznaczenia są zachowane.
    }
permissions-change = { $who }: { $permission } w grupie { $group }
permissions-effect-gained =
    { $count ->
        [one] { $count } osoba { $customers } zyska: { $permission } w grupie { $group }
        [few] { $count } osoby { $customers } zyskają: { $permission } w grupie { $group }
       *[other] { $count } osób { $customers } zyska: { $permission } w grupie { $group }
    }
permissions-effect-lost =
    { $count ->
        [one] { $count } osoba { $customers } straci: { $permission } w grupie { $group }
        [few] { $count } osoby { $customers } stracą: { $permission } w grupie { $group }
       *[other] { $count } osób { $customers } straci: { $permission } w grupie { $group }
    }
permissions-of-customers =
    { $count ->
        [one] od { $count } klienta
        [few] od { $count } klientów
       *[other] od { $count } klientów
    }
permissions-no-effects = Nikt przez to nie zyska ani nie straci uprawnień: ma je albo nie ma ich niezależnie od tej zmiany.
permissions-more-changes =
    { $count ->
        [one] i jeszcze { $count } zmiana
        [few] i jeszcze { $count } zmiany
       *[other] i jeszcze { $count } zmian
    }
permissions-more-people =
    { $count ->
        [one] i jeszcze { $count } osoba
        [few] i jeszcze { $count } osoby
       *[other] i jeszcze { $count } osób
    }
permissions-off-title = Uprawnienia grupowe są wyłączone.
permissions-off-text = Każdy aktywny użytkownik klienta ma wszystkie uprawnienia we wszystkich aktywnych grupach, więc nie ma czego zaznaczać.
permissions-off-settings = Ustawienia dostępu
permissions-off-meanwhile = Nic nie zapisano: w międzyczasie wyłączono uprawnienia grupowe. Zaznaczone były te zmiany:
permissions-locked-reader = Możesz tu obejrzeć uprawnienia, ale nie możesz ich zmieniać.
permissions-locked-group = Nie masz prawa nadawać uprawnień w tej grupie.
permissions-person-invalid = Ten użytkownik klienta jest nieaktywny, więc nie ma żadnych uprawnień. Zaznaczenia zaczną znów działać, gdy będzie aktywny.
permissions-customer-invalid = Ten klient jest nieaktywny, więc nikomu nie daje uprawnień. Zaznaczenia zaczną znów działać, gdy będzie aktywny.
permissions-group-invalid = nieaktywna
permissions-group-unknown = nieznana
permissions-row-unknown = nieznany
permissions-row-invalid = nieaktywny
permissions-note-group-invalid = Ta grupa jest nieaktywna i nikomu nie daje uprawnień. Zaznaczenia można tylko usunąć.
permissions-note-always-group-people = Tę grupę mają wszyscy użytkownicy klientów, ze wszystkimi uprawnieniami.
permissions-note-always-group-customers = Tę grupę mają wszyscy klienci do zgłoszeń własnego klienta, ze wszystkimi uprawnieniami.
permissions-note-left-out =
    { $count ->
        [one] Jeszcze { $count } wpis dotyczy kogoś nieznanego lub nieaktywnego i nie jest pokazany.
        [few] Jeszcze { $count } wpisy dotyczą kogoś nieznanego lub nieaktywnego i nie są pokazane.
       *[other] Jeszcze { $count } wpisów dotyczy kogoś nieznanego lub nieaktywnego i nie jest pokazanych.
    }
permissions-why-direct = nadane bezpośrednio
permissions-why-customer = nadane klientowi
permissions-why-via = przez klienta
permissions-why-always = grupa domyślna użytkowników klientów
permissions-why-company-always = grupa domyślna klientów
permissions-why-off = uprawnienia grupowe są wyłączone
permissions-belonging-primary = główny klient
permissions-belonging-mapped = z danych osoby
permissions-belonging-further = dalszy klient
permissions-card-title = Efektywne uprawnienia
permissions-card-change = Zmień uprawnienia
permissions-card-look = Zobacz uprawnienia
permissions-card-draft = Tak będzie po zapisaniu formularza.
permissions-card-none = Brak uprawnień w jakiejkolwiek grupie.
permissions-reach-title = Klienci, do których zgłoszeń ma dostęp
permissions-reach-through = przez grupę
permissions-reach-none = Żadni.
permissions-reach-more = Pokaż wszystkich
permissions-reach-first =
    { $count ->
        [one] Pokazano tylko pierwszego klienta; jest ich więcej.
        [few] Pokazano tylko pierwszych { $count } klientów; jest ich więcej.
       *[other] Pokazano tylko pierwszych { $count } klientów; jest ich więcej.
    }
permissions-reach-disabled = Dostęp do zgłoszeń klientów jest wyłączony: każdy widzi tylko własne zgłoszenia.
permissions-who-title = Kto ma dostęp
permissions-who-of = Czyje uprawnienia
permissions-who-people = Użytkownicy klientów
permissions-who-customers = Klienci
permissions-who-all = Pokaż wszystkich
permissions-who-many = Ma je wielu klientów; pierwsi z nich są na osobnej stronie.
permissions-who-nobody = Nikt
permissions-who-nobody-text = Nikt nie ma tego uprawnienia w tej grupie.
permissions-who-count = Policz wszystkie osoby
permissions-people =
    { $count ->
        [one] { $count } osoba
        [few] { $count } osoby
       *[other] { $count } osób
    }
permissions-explain-title = Dlaczego?
permissions-explain-link = Dlaczego?
permissions-explain-row = Dlaczego? { $name }
permissions-explain-ask = Wyjaśnij
permissions-explain-choose = Wybierz grupę i uprawnienie
permissions-explain-has = { $name } ma uprawnienie { $permission } w grupie { $group }
permissions-explain-lacks = { $name } nie ma uprawnienia { $permission } w grupie { $group }
permissions-explain-obstacles = Co stoi na przeszkodzie
permissions-explain-ways = Jak je nadać (wystarczy jedno)
permissions-explain-and = oraz
permissions-obstacle-unknown-person = Tego użytkownika klienta nie ma w żadnym źródle.
permissions-obstacle-invalid-person = Użytkownik klienta jest nieaktywny.
permissions-obstacle-invalid-group = Grupa jest nieaktywna.
permissions-obstacle-not-given = Nie nadano go ani osobie, ani jej klientom, ani wszystkim.
permissions-obstacle-invalid-customer = Klient { $customer } je ma, ale jest nieaktywny.
permissions-obstacle-unknown-customer = Klient { $customer } je ma, ale nie ma go w żadnym źródle.
permissions-obstacle-other-context = Klient { $customer } ma je tylko dla zgłoszeń innych klientów.
permissions-obstacle-has-only = Nadano tylko: { $permissions }
permissions-remedy-validate-person = aktywować użytkownika klienta
permissions-remedy-validate-group = aktywować grupę
permissions-remedy-give-person = nadać je osobie bezpośrednio
permissions-remedy-validate-customer = aktywować klienta { $customer }
permissions-remedy-give-customer = nadać je klientowi { $customer }, a przez to wszystkim jego użytkownikom
permissions-remedy-always-group = dodać grupę do domyślnych
permissions-start-search = Szukaj użytkowników, klientów, grup
permissions-start-people = Użytkownicy klientów
permissions-start-people-text = Wyszukaj osobę, aby zobaczyć i zmienić jej uprawnienia we wszystkich grupach.
permissions-start-customers = Klienci
permissions-start-customers-text = Wyszukaj klienta: jego uprawnienia mają wszyscy jego użytkownicy.
permissions-start-groups = Grupy
permissions-start-more =
    { $count ->
        [one] i jeszcze { $count }: zawęź wyszukiwanie
        [few] i jeszcze { $count }: zawęź wyszukiwanie
       *[other] i jeszcze { $count }: zawęź wyszukiwanie
    }
flash-permissions-saved =
    { $count ->
        [one] Zapisano jedną zmianę.
        [few] Zapisano { $count } zmiany.
       *[other] Zapisano { $count } zmian.
    }
flash-permissions-unchanged = Nie było czego zmieniać.
permissions-held-back = To, co nadano temu loginowi, jest wstrzymane od { $since }: według źródła należy on teraz do innej osoby.
permissions-why-not = Dlaczego ta osoba nie ma…
permissions-holding-all = Wszyscy
