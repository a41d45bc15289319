# Strony uprawnień na grupach.
nav-permissions = Uprawnienia
about-permissions = Kto może czytać, tworzyć i edytować w której grupie i dlaczego
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
permissions-held = przysługuje już inną drogą
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
permissions-column-why = Skąd
permissions-permission = Uprawnienie
permissions-filter-groups = Filtruj grupy
permissions-search-people = Znajdź osoby, którym coś nadać
permissions-search-customers = Znajdź klientów, którym coś nadać
permissions-shown-given = Widać tych, którym tu coś nadano wprost. Aby dodać innych, wyszukaj ich.
permissions-found =
    { $count ->
        [one] znaleziono { $count }
        [few] znaleziono { $count }
       *[other] znaleziono { $count }
    }
permissions-found-more = znaleziono ponad { $count }
permissions-empty-title = Nic tu jeszcze nie nadano
permissions-empty-text = Wyszukaj powyżej tych, którzy mają coś dostać.
permissions-empty-search = Sprawdź pisownię albo szukaj krótszej części. Wyszukiwani są tylko ważni.
permissions-toggle-column = Zaznacz lub odznacz całą kolumnę
permissions-toggle-row = cały wiersz
permissions-toggle-row-of = { $name }: zaznacz lub odznacz cały wiersz
permissions-changes = Zmiany do zapisania:
permissions-changes-unseen = niewidoczne tutaj: { $count }
permissions-discard = Odrzuć
permissions-keys = Strzałki: komórka · Spacja: zaznacz · Shift+Spacja: cały wiersz · Ctrl+Spacja: cała kolumna · Home, End: końce wiersza · Enter: do odnośników w komórce, Esc: z powrotem · Ctrl+Enter: zapisz
permissions-legend = Co to znaczy
permissions-mark-given = nadane
permissions-mark-given-about = Zaznaczone tutaj.
permissions-mark-held = przysługuje i tak
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
        [one] { $count } osoba { $customers } otrzyma: { $permission }, grupa { $group }
        [few] { $count } osoby { $customers } otrzymają: { $permission }, grupa { $group }
       *[other] { $count } osób { $customers } otrzyma: { $permission }, grupa { $group }
    }
permissions-effect-lost =
    { $count ->
        [one] { $count } osoba { $customers } straci: { $permission }, grupa { $group }
        [few] { $count } osoby { $customers } stracą: { $permission }, grupa { $group }
       *[other] { $count } osób { $customers } straci: { $permission }, grupa { $group }
    }
permissions-of-customers =
    { $count ->
        [one] od { $count } klienta
        [few] od { $count } klientów
       *[other] od { $count } klientów
    }
permissions-no-effects = Nikt przez to nie zyska ani nie straci uprawnienia: ma je albo nie ma go niezależnie od tej zmiany.
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
permissions-off-title = Uprawnienia na grupach są wyłączone.
permissions-off-text = Każdy ważny użytkownik klienta ma wszystkie uprawnienia we wszystkich ważnych grupach, więc nie ma czego zaznaczać.
permissions-off-settings = Ustawienia dostępu
permissions-off-meanwhile = Nic nie zapisano: w międzyczasie wyłączono uprawnienia na grupach. Zaznaczone były te zmiany:
permissions-locked-reader = Uprawnienia można tu obejrzeć, ale nie zmienić.
permissions-locked-group = Brak prawa do nadawania uprawnień w tej grupie.
permissions-person-invalid = Ten użytkownik klienta jest nieważny, więc nie ma żadnych uprawnień. Zaznaczenia zaczną znów działać, gdy będzie ważny.
permissions-customer-invalid = Ten klient jest nieważny, więc nikomu nie daje uprawnień. Zaznaczenia zaczną znów działać, gdy będzie ważny.
permissions-group-invalid = nieważna
permissions-group-unknown = nieznana
permissions-row-unknown = nieznane
permissions-row-invalid = nieważne
permissions-note-group-invalid = Ta grupa jest nieważna i nikomu nie daje uprawnień. Zaznaczenia można tylko usunąć.
permissions-note-always-group-people = Tę grupę mają wszyscy użytkownicy klientów, ze wszystkimi uprawnieniami.
permissions-note-always-group-customers = Tę grupę mają wszyscy klienci dla własnych zgłoszeń, ze wszystkimi uprawnieniami.
permissions-note-left-out =
    { $count ->
        [one] Jeszcze { $count } wpis dotyczy kogoś nieznanego lub nieważnego i nie jest pokazany.
        [few] Jeszcze { $count } wpisy dotyczą kogoś nieznanego lub nieważnego i nie są pokazane.
       *[other] Jeszcze { $count } wpisów dotyczy kogoś nieznanego lub nieważnego i nie jest pokazanych.
    }
permissions-why-direct = nadane wprost
permissions-why-customer = nadane klientowi
permissions-why-via = przez klienta
permissions-why-always = grupa wszystkich użytkowników klientów
permissions-why-company-always = grupa wszystkich klientów
permissions-why-off = uprawnienia na grupach są wyłączone
permissions-belonging-primary = główny klient
permissions-belonging-mapped = z rekordu osoby
permissions-belonging-further = dalszy klient
permissions-card-title = Uprawnienia wynikowe
permissions-card-change = Zmień uprawnienia
permissions-card-look = Zobacz uprawnienia
permissions-card-draft = Tak będzie po zapisaniu tego, co jest teraz w formularzu.
permissions-card-none = Brak uprawnień w jakiejkolwiek grupie.
permissions-reach-title = Klienci, których zgłoszenia są dostępne
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
permissions-who-nobody-text = Nic nie daje tego uprawnienia w tej grupie.
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
permissions-explain-has = { $name } ma: { $permission }, grupa { $group }
permissions-explain-lacks = { $name } nie ma: { $permission }, grupa { $group }
permissions-explain-obstacles = Co stoi na przeszkodzie
permissions-explain-ways = Każde z poniższych by je nadało
permissions-explain-and = oraz
permissions-obstacle-unknown-person = Żadne źródło nie zna tego użytkownika klienta.
permissions-obstacle-invalid-person = Użytkownik klienta jest nieważny.
permissions-obstacle-invalid-group = Grupa jest nieważna.
permissions-obstacle-not-given = Nic go nie daje: ani osobie, ani jej klientom, ani wszystkim.
permissions-obstacle-invalid-customer = Klient { $customer } je ma, ale jest nieważny.
permissions-obstacle-unknown-customer = Klient { $customer } je ma, ale nie zna go żadne źródło.
permissions-obstacle-other-context = Klient { $customer } ma je tylko dla zgłoszeń innych klientów.
permissions-obstacle-has-only = To, co nadano, go nie zawiera: { $permissions }
permissions-remedy-validate-person = ustawić użytkownika klienta jako ważnego
permissions-remedy-validate-group = ustawić grupę jako ważną
permissions-remedy-give-person = nadać je osobie wprost
permissions-remedy-validate-customer = ustawić klienta { $customer } jako ważnego
permissions-remedy-give-customer = nadać je klientowi { $customer }, a przez to wszystkim jego użytkownikom
permissions-remedy-always-group = dodać grupę do tych, które mają wszyscy
permissions-start-search = Szukaj użytkowników, klientów, grup
permissions-start-people = Użytkownicy klientów
permissions-start-people-text = Wyszukaj osobę, aby zobaczyć i zmienić jej uprawnienia we wszystkich grupach.
permissions-start-customers = Klienci
permissions-start-customers-text = Wyszukaj klienta: jego uprawnienia mają wszyscy jego użytkownicy.
permissions-start-groups = Grupy
permissions-start-more =
    { $count ->
        [one] i jeszcze { $count }: szukaj dokładniej
        [few] i jeszcze { $count }: szukaj dokładniej
       *[other] i jeszcze { $count }: szukaj dokładniej
    }
flash-permissions-saved =
    { $count ->
        [one] Zapisano jedną zmianę.
        [few] Zapisano { $count } zmiany.
       *[other] Zapisano { $count } zmian.
    }
flash-permissions-unchanged = Nic nie wymagało zmiany.
permissions-held-back = To, co nadano temu loginowi, jest wstrzymane od { $since }: według źródła należy on teraz do innej osoby.
