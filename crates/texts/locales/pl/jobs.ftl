nav-jobs = Operacje zbiorcze
about-jobs = Nadawanie i odbieranie klientów, uprawnień i usług wielu osobom naraz
jobs-title = Operacje zbiorcze
jobs-lead = Każde zadanie nadaje lub odbiera coś wielu osobom naraz, pokazuje wynik dla każdej z nich i można je cofnąć.
jobs-none-yet = Nie ma jeszcze operacji zbiorczych
jobs-none-yet-text = Zaznacz osoby na liście albo wybierz wszystkie znalezione, a potem wskaż, co otrzymają lub stracą.
jobs-new = Wybierz osoby
jobs-job = Zadanie { $number }
jobs-what = Co się zmienia
jobs-column-job = Zadanie
jobs-column-state = Stan
jobs-column-done = Wykonano
jobs-column-who = Zlecone przez
jobs-column-when = Kiedy
jobs-column-person = Nazwa użytkownika
jobs-column-why = Dlaczego
jobs-column-entry = Wpis w dzienniku
jobs-select-page = Zaznacz wszystkich na tej stronie
jobs-select-person = Zaznacz: { $login }
jobs-selected = Zaznaczone
jobs-change-all =
    { $count ->
        [one] jedna znaleziona osoba
        [few] wszystkie { $count } znalezione osoby
       *[other] wszystkie znalezione osoby: { $count }
    }
jobs-choose-title = Nadawanie i odbieranie
jobs-nobody = Nikogo nie zaznaczono. Zaznacz co najmniej jedną osobę albo wybierz wszystkie znalezione.
jobs-no-changes = Wybierz co najmniej jednego klienta, grupę lub usługę.
jobs-back-to-list = Wróć do listy
jobs-for-all =
    { $count ->
        [one] Dla jednej znalezionej osoby.
        [few] Dla wszystkich { $count } znalezionych osób.
       *[other] Dla wszystkich { $count } znalezionych osób.
    }
jobs-for-some =
    { $count ->
        [one] Dla jednej osoby
        [few] Dla { $count } osób
       *[other] Dla { $count } osób
    }
jobs-rows-customer = Dalsi klienci
jobs-rows-group = Uprawnienia w grupach
jobs-rows-service = Usługi
jobs-row-customer = Identyfikator klienta
jobs-row-group = Grupa
jobs-row-service = Usługa
jobs-way = Działanie
jobs-give = nadaj
jobs-take = odbierz
jobs-none = – nic –
jobs-gone = już nie istnieje
jobs-permission = Uprawnienie
jobs-preview = Pokaż podgląd
jobs-more-rows = Więcej wierszy
jobs-customer-given = Dodanie dalszego klienta { $customer }
jobs-customer-taken = Usunięcie dalszego klienta { $customer }
jobs-group-given = Nadanie: { $permission } w grupie { $group }
jobs-group-taken = Odebranie: { $permission } w grupie { $group }
jobs-service-given = Nadanie usługi { $service }
jobs-service-taken = Odebranie usługi { $service }
jobs-undoes = Cofa zadanie { $number }
jobs-undone-by = Cofnięte zadaniem { $number }
jobs-whom-logins = zaznaczone osoby
jobs-whom-undo = wszystkie osoby zmienione tamtym zadaniem
jobs-whom-search = wszystkie osoby znalezione przez „{ $text }”
jobs-whom-everybody = wszystkie osoby
jobs-whom-filter = wszystkie osoby znalezione przez filtr
jobs-state-collecting = w przygotowaniu
jobs-state-previewing = w przygotowaniu
jobs-state-planned = nierozpoczęte
jobs-state-running = w toku
jobs-state-stopping = zatrzymywane
jobs-state-stopped = zatrzymane
jobs-state-done = wykonane
jobs-state-failed = przerwane błędem
jobs-state-discarded = odrzucone
jobs-item-all = Wszystkie
jobs-item-waiting = niewykonane
jobs-item-changed = zmienione
jobs-item-already = bez zmian
jobs-item-refused = odrzucone
jobs-problem-rights-gone = Zatrzymano: osoba, która zleciła to zadanie, nie ma już prawa do takich zmian. To, co zrobiono do tego czasu, pozostaje.
jobs-problem-expired = To zadanie nie zostało rozpoczęte w terminie i wygasło.
jobs-problem-internal = Zadanie zostało przerwane błędem. To, co widnieje jako zmienione, jest zapisane; przyczyna jest w logu serwera. Resztę można zlecić ponownie: kto już ma to, co trzeba, pozostanie bez zmian.
jobs-progress-collecting = Zbieranie osób
jobs-progress-previewing = Ustalanie, co by się zmieniło
jobs-progress-running = W toku
jobs-progress-stopping = Zatrzymywanie; trwają ostatnie rozpoczęte zmiany
jobs-items-dropped = Szczegóły zmian u poszczególnych osób nie są już przechowywane, dlatego nie można cofnąć zadania w całości. Każda zmiana jest nadal w dzienniku.
jobs-done-of = { $done } z { $total }
jobs-collected =
    { $count ->
        [one] Na razie jedna osoba
        [few] Na razie { $count } osoby
       *[other] Na razie { $count } osób
    }
jobs-count-changed =
    { $count ->
        [one] zmieniono jedną osobę
        [few] zmieniono { $count } osoby
       *[other] zmieniono { $count } osób
    }
jobs-count-already =
    { $count ->
        [one] jedna bez zmian
        [few] { $count } bez zmian
       *[other] { $count } bez zmian
    }
jobs-count-refused =
    { $count ->
        [one] jedna odrzucona
        [few] { $count } odrzucone
       *[other] { $count } odrzuconych
    }
jobs-count-waiting =
    { $count ->
        [one] jedna niewykonana
        [few] { $count } niewykonane
       *[other] { $count } niewykonanych
    }
jobs-preview-title = Co się zmieni
jobs-preview-nobody = Nie ma kogo zmieniać.
jobs-would-change =
    { $count ->
        [one] osoba zostanie zmieniona
        [few] osoby zostaną zmienione
       *[other] osób zostanie zmienionych
    }
jobs-would-already =
    { $count ->
        [one] już to ma
        [few] już to mają
       *[other] już to ma
    }
jobs-would-refuse =
    { $count ->
        [one] zostanie odrzucona
        [few] zostaną odrzucone
       *[other] zostanie odrzuconych
    }
jobs-reasons = Dlaczego ktoś zostanie odrzucony albo pozostanie bez zmian
jobs-effects = Kto co zyska i kto co straci
jobs-people =
    { $count ->
        [one] Jedna osoba
        [few] { $count } osoby
       *[other] { $count } osób
    }
jobs-start = Rozpocznij
jobs-discard = Odrzuć
jobs-not-yours = To zadanie może rozpocząć tylko osoba, która je zaplanowała: działa ono z jej uprawnieniami.
jobs-stop = Zatrzymaj
jobs-undo = Cofnij …
jobs-result = Wynik
jobs-filter = Które osoby
jobs-csv = Pobierz jako CSV
jobs-no-items = Nikogo.
jobs-first = Do początku
jobs-next = Więcej
flash-job-discarded = Odrzucono. Niczego nie zmieniono.
problem-changed-since = Zmieniono to później ({ $by }), więc pozostaje bez zmian.
problem-no-longer-kept =
    { $count ->
        [one] Szczegóły zadania przechowuje się jeden dzień: nie można go już cofnąć.
        [few] Szczegóły zadania przechowuje się { $count } dni: nie można go już cofnąć.
        [many] Szczegóły zadania przechowuje się { $count } dni: nie można go już cofnąć.
       *[other] Szczegóły zadania przechowuje się { $count } dnia: nie można go już cofnąć.
    }
problem-not-now = Nie można, dopóki zadanie trwa.
action-start = rozpoczęto
action-stop = zatrzymano
kind-job = zadanie
jobs-template = Szablon
jobs-template-fill = Wypełnij
jobs-template-new = Dodaj szablon
jobs-template-edit = Edycja szablonu
jobs-template-name = Nazwa
jobs-template-by = Ostatni zapis
jobs-template-delete = Usuń szablon
jobs-templates-title = Szablony
jobs-templates-lead = Szablon to nazwany zestaw zmian, na przykład „Nowa osoba w dziale wsparcia”. Można go wybrać w zadaniu albo na stronie jednej osoby.
jobs-templates-none = Nie ma jeszcze szablonów
jobs-templates-none-text = Zapisz pod nazwą to, co zwykle otrzymują nowe osoby, i nadawaj im to w jednym kroku.
jobs-link-template = Nadaj lub odbierz …
flash-template-saved = Zapisano szablon: { $name }
flash-template-deleted = Usunięto szablon.
action-delete = usunięto
kind-template = szablon
jobs-change-all-more = wszystkie znalezione osoby
select-none = Nikogo nie zaznaczono
select-some = Zaznaczono: #
select-elsewhere = w tym # poza tą stroną
select-clear = Odznacz
jobs-do-relations = Nadaj lub odbierz…
jobs-do-fields = Zmień pola…
jobs-do-deactivate = Dezaktywuj…
jobs-fields-title = Zmiana pól
jobs-fields-usual = Ważność i klient
jobs-fields-validity = Ważność
jobs-fields-customer = Główny klient
jobs-fields-same = bez zmian
jobs-fields-set = Ustaw pole
jobs-fields-field = Pole
jobs-fields-value = Nowa wartość
jobs-fields-empty = puste: pole zostanie wyczyszczone
jobs-fields-replace = Zamień w polu
jobs-fields-part = Co zamienić, na przykład @stara.pl
jobs-fields-by = Na co
jobs-fields-none = Wybierz co najmniej jedno pole do zmiany.
jobs-field-set = { $field }: { $value }
jobs-field-cleared = { $field }: wyczyszczone
jobs-field-replaced = { $field }: „{ $text }” na „{ $by }”
jobs-planned = Co się zmieni
problem-read-only-source = Źródło tej osoby jest tylko do odczytu: zmień ją tam, gdzie jest prowadzona.
