nav-jobs = Zmiany zbiorcze
about-jobs = Nadawanie i odbieranie klientów, uprawnień i usług wielu osobom naraz
jobs-title = Zmiany zbiorcze
jobs-lead = Każde zadanie nadaje lub odbiera coś wielu osobom naraz, pokazuje wynik dla każdej z nich i można je cofnąć.
jobs-none-yet = Nie ma jeszcze zmian zbiorczych
jobs-none-yet-text = Proszę wybrać osoby na ich liście albo wszystkie znalezione, a potem to, co otrzymają lub stracą.
jobs-new = Wybierz osoby
jobs-job = Zadanie { $number }
jobs-what = Co się zmienia
jobs-column-job = Zadanie
jobs-column-state = Stan
jobs-column-done = Wykonano
jobs-column-who = Zlecający
jobs-column-when = Kiedy
jobs-column-person = Nazwa użytkownika
jobs-column-why = Dlaczego
jobs-column-entry = Wpis w dzienniku
jobs-select = Wybierz osoby, aby zmienić je wszystkie naraz
jobs-select-leave = Zakończ wybieranie
jobs-select-page = Wybierz wszystkich na tej stronie
jobs-select-person = Wybierz: { $login }
jobs-selected = Wybór
jobs-change-selected = Zmień wybrane osoby
jobs-change-all =
    { $count ->
        [one] Zmień jedną znalezioną osobę
        [few] Zmień wszystkie { $count } znalezione osoby
       *[other] Zmień wszystkie znalezione osoby: { $count }
    }
jobs-choose-title = Zmiana wielu osób
jobs-nobody = Nikogo nie wybrano. Proszę zaznaczyć co najmniej jedną osobę albo wybrać wszystkie znalezione.
jobs-no-changes = Proszę wybrać co najmniej jednego klienta, grupę lub usługę.
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
jobs-customer-given = Nadać klienta { $customer }
jobs-customer-taken = Odebrać klienta { $customer }
jobs-group-given = Nadać { $permission } w grupie { $group }
jobs-group-taken = Odebrać { $permission } w grupie { $group }
jobs-service-given = Nadać usługę { $service }
jobs-service-taken = Odebrać usługę { $service }
jobs-undoes = Cofa zadanie { $number }
jobs-undone-by = Cofnięte zadaniem { $number }
jobs-whom-logins = wybrane osoby
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
jobs-item-refused = odmowa
jobs-problem-rights-gone = Zatrzymano: osoba, która zleciła to zadanie, nie ma już prawa do takich zmian. To, co zrobiono do tego czasu, pozostaje.
jobs-problem-expired = To zadanie nie zostało rozpoczęte i przepadło.
jobs-problem-internal = Zadanie zostało przerwane błędem. To, co widnieje jako zmienione, jest zapisane; przyczyna jest w logu serwera. Resztę można zlecić ponownie: kto już ma to, co trzeba, pozostanie bez zmian.
jobs-progress-collecting = Zbieranie osób
jobs-progress-previewing = Ustalanie, co by się zmieniło
jobs-progress-running = W toku
jobs-progress-stopping = Zatrzymywanie po bieżących osobach
jobs-items-dropped = Nie przechowuje się już tego, co to zadanie zmieniło u każdej osoby, dlatego nie można go cofnąć w całości. Każda zmiana jest nadal w dzienniku.
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
        [one] jedna odmowa
        [few] { $count } odmowy
       *[other] { $count } odmów
    }
jobs-count-waiting =
    { $count ->
        [one] jedna niewykonana
        [few] { $count } niewykonane
       *[other] { $count } niewykonanych
    }
jobs-preview-title = Co zrobi rozpoczęcie
jobs-preview-nobody = Nie ma kogo zmieniać.
jobs-would-change =
    { $count ->
        [one] osoba zmieni się
        [few] osoby zmienią się
       *[other] osób zmieni się
    }
jobs-would-already =
    { $count ->
        [one] już to ma
        [few] już to mają
       *[other] już to ma
    }
jobs-would-refuse =
    { $count ->
        [one] odmowa
        [few] odmowy
       *[other] odmów
    }
jobs-reasons = Dlaczego odmowa albo coś pozostaje bez zmian
jobs-effects = Kto co zyska i kto co straci
jobs-people =
    { $count ->
        [one] Jedna osoba
        [few] { $count } osoby
       *[other] { $count } osób
    }
jobs-start = Rozpocznij
jobs-discard = Odrzuć
jobs-not-yours = To zadanie może rozpocząć tylko osoba, która je zaplanowała, bo robi ono to, do czego ona ma prawo.
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
        [one] To, co zadanie zmieniło u każdej osoby, przechowywano przez jeden dzień: nie można go już cofnąć.
        [few] To, co zadanie zmieniło u każdej osoby, przechowywano przez { $count } dni: nie można go już cofnąć.
        [many] To, co zadanie zmieniło u każdej osoby, przechowywano przez { $count } dni: nie można go już cofnąć.
       *[other] To, co zadanie zmieniło u każdej osoby, przechowywano przez { $count } dni: nie można go już cofnąć.
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
jobs-templates-none-text = Proszę zapisać pod nazwą to, co zwykle otrzymują nowe osoby, i nadawać im to jednym krokiem.
jobs-link-template = Nadaj według szablonu …
flash-template-saved = Zapisano szablon: { $name }
flash-template-deleted = Usunięto szablon.
action-delete = usunięto
kind-template = szablon
