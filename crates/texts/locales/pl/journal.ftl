journal-title = Dziennik zmian
journal-verify = Sprawdź dziennik
journal-sound =
    { $count ->
        [one] Dziennik jest nienaruszony: jego jedyny wpis się nie zmienił.
        [few] Dziennik jest nienaruszony: wszystkie { $count } wpisy są niezmienione i we właściwej kolejności.
        [many] Dziennik jest nienaruszony: wszystkie wpisy ({ $count }) są niezmienione i we właściwej kolejności.
       *[other] Dziennik jest nienaruszony: wszystkie wpisy ({ $count }) są niezmienione i we właściwej kolejności.
    }
journal-fault-tampered = Wpis { $entry } nie zgadza się ze swoim skrótem: zmieniono go po zapisaniu.
journal-fault-missing = Przed wpisem { $entry } brakuje wpisu.
journal-fault-reordered = Wpis { $entry } nie kontynuuje łańcucha: wpisy zamieniono miejscami.
journal-fault-end = Brakuje wpisu { $entry } i wszystkich po nim: dziennik kończy się za wcześnie.
journal-fault-links = Przy wpisie { $entry } zmieniono zapis tego, czego dotyczy.
journal-kind = Rodzaj danych
journal-all-kinds = wszystkie
journal-key = Nazwa użytkownika, identyfikator klienta lub nazwa
journal-who = Kto
journal-door = Sposób
journal-all-doors = wszystkie
journal-since = Od dnia
journal-until = Do dnia
journal-file = Pobierz jako plik (CSV)
journal-column-number = Numer
journal-column-time = Czas
journal-column-who = Kto
journal-column-door = Sposób
journal-column-action = Co zrobiono
journal-column-kind = Rodzaj
journal-column-source = Źródło
journal-column-key = Rekord
journal-column-what = Zmiany
journal-column-job = Operacja zbiorcza
journal-none = Brak wpisów
journal-none-text = Żadna zmiana nie pasuje do tych filtrów.
journal-shown =
    { $count ->
        [one] Jeden wpis
        [few] { $count } wpisy
        [many] { $count } wpisów
       *[other] { $count } wpisu
    }
journal-older = Starsze
journal-newest = Najnowsze
history-title = Historia
history-before = przedtem:
history-after = teraz:
history-empty-value = puste
action-create = utworzono
action-update = zmieniono
action-rename = zmieniono nazwę
action-set-password = ustawiono hasło
action-move = przeniesiono do innego źródła
action-import = zaimportowano
action-relate-customer = zmieniono dalszych klientów
action-set-preference = ustawiono preferencję
action-delete-preference = usunięto preferencję
door-page = w przeglądarce
door-rest = przez REST
door-terminal = w terminalu
door-source = ze źródła
effect-renames = Zmiana nazwy z { $from } na { $to }
effect-carries = Przejmują nową nazwę: { $what }
carries-preferences =
    { $count ->
        [one] { $count } preferencja
        [few] { $count } preferencje
       *[other] { $count } preferencji
    }
carries-further-customers =
    { $count ->
        [one] { $count } powiązanie z dalszym klientem
        [few] { $count } powiązania z dalszymi klientami
       *[other] { $count } powiązań z dalszymi klientami
    }
carries-permissions =
    { $count ->
        [one] { $count } uprawnienie do grup
        [few] { $count } uprawnienia do grup
       *[other] { $count } uprawnień do grup
    }
carries-services =
    { $count ->
        [one] { $count } usługa
        [few] { $count } usługi
       *[other] { $count } usług
    }
carries-tickets =
    { $count ->
        [one] { $count } zgłoszenie
        [few] { $count } zgłoszenia
       *[other] { $count } zgłoszeń
    }
carries-dynamic-fields = wartości pól dynamicznych
carries-saved-searches =
    { $count ->
        [one] { $count } zapisane wyszukiwanie
        [few] { $count } zapisane wyszukiwania
       *[other] { $count } zapisanych wyszukiwań
    }
carries-people =
    { $count ->
        [one] { $count } osoba
        [few] { $count } osoby
       *[other] { $count } osób
    }
carries-people-of =
    { $count ->
        [one] { $count } osoba z tabeli { $table }
        [few] { $count } osoby z tabeli { $table }
       *[other] { $count } osób z tabeli { $table }
    }
effect-leaves-behind =
    { $count ->
        [one] Jedna osoba ze źródła { $source }, które jest tylko do odczytu, zachowa stary identyfikator, którego nie ma już żaden klient
        [few] { $count } osoby ze źródła { $source }, które jest tylko do odczytu, zachowają stary identyfikator, którego nie ma już żaden klient
       *[other] { $count } osób ze źródła { $source }, które jest tylko do odczytu, zachowa stary identyfikator, którego nie ma już żaden klient
    }
effect-sets-password = Nowe hasło
effect-generates-password = Nowe hasło, wygenerowane
effect-ends-sessions =
    { $count ->
        [one] Kończy się jedna sesja
        [few] Kończą się { $count } sesje
        [many] Kończy się { $count } sesji
       *[other] Kończy się { $count } sesji
    }
effect-moves = Ze źródła { $from } do { $to }
effect-removes-row = Wiersz w źródle { $source } zniknie w tej samej chwili
effect-removes-row-afterwards = Wiersz w źródle { $source } zniknie, gdy tylko dane zostaną zapisane w drugim źródle
effect-overwrites = To, co źródło { $source } miało dotąd pod tym loginem, zostanie zastąpione
effect-no-place = W źródle { $source } nie ma miejsca na: { $fields }
effect-loses-columns = Kolumny źródła { $source }, których nie ma w mapie pól, znikną razem z wierszem: { $columns }
effect-carries-password = Hasło zostanie przeniesione
effect-loses-password = Hasła nie można przenieść: zanim osoba się zaloguje, trzeba ustawić nowe
effect-has-no-password = Nie ma hasła do przeniesienia: zanim osoba się zaloguje, trzeba je ustawić
effect-shadows = Źródło { $source } też ma ten login, ale nie jest o niego pytane
effect-speaks-later = Źródło { $source } nadal decyduje o tym loginie, dopóki go ma; nowy wpis czeka do tego czasu
effect-changes-validity = Ważność: { $from } → { $to }
effect-changes-role = Rola: { $from } → { $to }
effect-renames-below = Poniżej: { $from } → { $to }
action-revoke = unieważniono
action-relate = zmieniono powiązania
kind-settings = ustawienia
kind-settings-access = ustawienia dostępu
undo-title = Cofnięcie zmiany
undo-link = Cofnij
undo-what = Co zmieniono
undo-together =
    { $count ->
        [one] Zapisano jako jedną zmianę.
        [few] Zapisano jako część większej zmiany ({ $count } osoby lub klienci). Cofnięta zostanie w całości.
        [many] Zapisano jako część większej zmiany ({ $count } osób lub klientów). Cofnięta zostanie w całości.
       *[other] Zapisano jako część większej zmiany ({ $count } osób lub klientów). Cofnięta zostanie w całości.
    }
undo-refused = W tej postaci nie można tego cofnąć:
undo-nothing = Nie ma czego cofać: wszystko jest już takie jak przedtem.
undo-plan = Co się zmieni po cofnięciu
undo-do = Cofnij teraz
flash-undone = Cofnięto. W dzienniku jest o tym nowy wpis.
relation-customer-given = { $login }: dodano dalszego klienta { $customer }
relation-customer-taken = { $login }: usunięto dalszego klienta { $customer }
relation-permission-given = nadano uprawnienie { $permission } w grupie { $group }
relation-permission-taken = odebrano uprawnienie { $permission } w grupie { $group }
relation-service-given = nadano usługę { $service }
relation-service-taken = odebrano usługę { $service }
action-log-in-failed = nieudane logowanie
action-lock = zbyt wiele prób, wstrzymano
action-unlock = odblokowano
log-in-reason-wrong-password = błędne hasło
log-in-reason-no-password = brak hasła
log-in-reason-invalid-agent = nieaktywny
log-in-reason-no-role = brak roli
log-in-reason-unknown-login = nieznana nazwa użytkownika
journal-nobody = ktoś nieznany
action-let-through = przejęto zmiany
action-keep = pozostawiono ostatni znany stan
action-hold-back = wstrzymano to, co login miał
action-give-back = zwrócono to, co login miał
action-remove-held = usunięto to, co było wstrzymane
