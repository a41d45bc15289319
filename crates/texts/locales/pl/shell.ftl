# Rama wokół wszystkich stron.
skip-to-content = Przejdź do treści
nav-main = Główna nawigacja
nav-own = Pomoc i konto
search-list = Wyszukiwanie na liście
nav-menu = Menu
nav-group-people = Użytkownicy, grupy i role
nav-group-system = System
nav-customer-users = Użytkownicy klientów
nav-customers = Klienci
nav-groups = Grupy
nav-services = Usługi
nav-agents = Agenci
nav-journal = Dziennik zmian
nav-tokens = Tokeny
nav-account = Moje konto
about-customer-users = Osoby, które obsługuje zespół wsparcia: dodawanie, wyszukiwanie, edycja
about-customers = Firmy i organizacje, do których należą
about-groups = Grupy, w których nadaje się uprawnienia
about-services = Usługi, o które mogą prosić użytkownicy klientów, w postaci drzewa
about-agents = Osoby, które tu pracują, i ich uprawnienia
about-journal = Każda zmiana: kiedy, kto i co było wcześniej
about-tokens = Dostęp dla programów korzystających z interfejsu REST
about-account = Sesje, hasło, język i skróty klawiszowe
home-title = Strona główna
home-valid =
    { $count ->
        [one] { $count } aktywny
        [few] { $count } aktywnych
       *[other] { $count } aktywnych
    }
home-invalid =
    { $count ->
        [one] { $count } nieaktywny
        [few] { $count } nieaktywnych
       *[other] { $count } nieaktywnych
    }
search = Szukaj
help = Pomoc
language = Język
theme = Motyw
theme-auto = Jak w systemie
theme-light = Jasny
theme-dark = Ciemny
log-out = Wyloguj
breadcrumb = Ścieżka nawigacji
today = dziś
yesterday = wczoraj
never = nigdy
save = Zapisz
save-and-finish = Zapisz i zakończ
cancel = Anuluj
filter = Filtruj
actions = Działania
copy = Kopiuj
copied = Skopiowano
fields-required = pola z * są wymagane
form-errors =
    { $count ->
        [one] Jedno pole wymaga poprawy. Wpisane dane zostały zachowane.
        [few] { $count } pola wymagają poprawy. Wpisane dane zostały zachowane.
        [many] { $count } pól wymaga poprawy. Wpisane dane zostały zachowane.
       *[other] { $count } pola wymagają poprawy. Wpisane dane zostały zachowane.
    }
role-reader = Czytelnik
role-editor = Redaktor
role-admin = Administrator
role-none = brak dostępu
validity-valid = aktywny
validity-invalid = nieaktywny
validity-invalid-temporarily = tymczasowo nieaktywny
validity-things-valid = aktywna
validity-things-invalid = nieaktywna
validity-things-invalid-temporarily = tymczasowo nieaktywna
kind-customer-user = użytkownik klienta
kind-customer = klient
kind-agent = agent
kind-group = grupa
kind-service = usługa
kind-token = token
kind-log-in = logowanie
kind-relation = powiązania
kind-source = źródło
home-held =
    { $count ->
        [one] W jednym źródle zabrakło nagle tylu wpisów, że zmiany czekają na decyzję. Do tego czasu obowiązuje ostatni znany stan.
        [few] W { $count } źródłach zabrakło nagle tylu wpisów, że zmiany czekają na decyzję. Do tego czasu obowiązuje ostatni znany stan.
       *[other] W { $count } źródłach zabrakło nagle tylu wpisów, że zmiany czekają na decyzję. Do tego czasu obowiązuje ostatni znany stan.
    }
home-held-see = Zobacz i zdecyduj
sources-held-title = Wstrzymane źródła
sources-held-none = Żadne źródło nie jest wstrzymane
sources-held-none-text = Gdy w źródle jest nagle znacznie mniej osób niż wcześniej albo znacznie mniej aktywnych, nikt nie jest usuwany: najpierw pojawia się tutaj pytanie.
sources-held-text = W tym źródle jest nagle znacznie mniej wpisów niż wcześniej albo znacznie mniej aktywnych. Te zmiany czekają: wyszukiwanie i uprawnienia opierają się na ostatnim znanym stanie.
sources-held-since = Od
sources-held-known = Znane
sources-held-there = Obecne teraz
sources-held-gone = Zniknęły
sources-held-invalid = Już nieaktywne
sources-held-kept = Decyzja: pozostać przy ostatnim znanym stanie ({ $who }, { $when }).
sources-held-release = Przejmij zmiany
sources-held-keep = Pozostań przy znanym stanie
sources-held-hint = Gdy w źródle znów będzie prawie tyle wpisów co wcześniej, wstrzymanie skończy się samo. Po przejęciu zmian wpisy, które zniknęły, są pokazywane jako brakujące; to, co im nadano, zostaje zachowane do ich powrotu.
sources-held-ask-admin = O przejęciu zmian decyduje administrator.
sources-missing = Brakujące w źródle { $name }: { $count }
sources-missing-first =
    { $count ->
        [one] Pokazano ostatni wpis.
        [few] Pokazano ostatnie { $count } wpisy.
       *[other] Pokazano ostatnich { $count } wpisów.
    }
flash-source-released = Zmiany są przejmowane; w ciągu kilku sekund będą widoczne wszędzie.
flash-source-kept = Pozostaje ostatni znany stan.
home-held-back =
    { $count ->
        [one] Jeden login należy do innej osoby niż wcześniej. To, co miał, jest wstrzymane do decyzji, czyje to jest.
        [few] { $count } loginy należą do innych osób niż wcześniej. To, co miały, jest wstrzymane do decyzji, czyje to jest.
       *[other] { $count } loginów należy do innych osób niż wcześniej. To, co miały, jest wstrzymane do decyzji, czyje to jest.
    }
held-back-text = Źródło przypisuje ten login komuś innemu niż wcześniej: konto usunięto, a pod jego nazwą założono nowe. To, co login miał, nie działa, dopóki administrator nie zdecyduje, czyje to jest.
held-back-before = Wcześniejsza tożsamość
held-back-now = Obecna tożsamość
held-back-given = Co miał
held-back-group = Grupa { $name }
held-back-customer = Klient { $name }
held-back-service = Usługa { $name }
held-back-others =
    { $count ->
        [one] Jedno ustawienie lub inny wiersz
        [few] { $count } ustawienia i inne wiersze
       *[other] { $count } ustawień i innych wierszy
    }
held-back-same = Ta sama osoba: zwróć
held-back-another = Inna osoba: usuń
held-back-hint = Gdy konto zostanie przywrócone, wszystko wróci samo. To, co usunięto, jest w dzienniku.
held-back-ask-admin = O tym, czyje to jest, decyduje administrator.
flash-held-back-given = To, co login miał, zostało zwrócone.
flash-held-back-removed = To, co login miał, zostało usunięte.
tabs = Strony tego rekordu
tab-overview = Przegląd
tab-customers = Klienci
tab-people = Osoby
tab-services = Usługi
tab-permissions = Uprawnienia
tab-who = Kto ma dostęp
tab-past = W wybranym dniu
tab-history = Historia
nav-group-relations = Powiązania
nav-relations-customers = Użytkownik klient ↔ Klienci
nav-relations-groups = Użytkownik klient ↔ Grupy
nav-relations-services = Użytkownik klient ↔ Usługi
about-relations-customers = Czyje zgłoszenia widzi każda osoba
about-relations-services = Z jakich usług może korzystać każda osoba
home-steps = Pierwsze kroki
home-steps-help = Czym są klienci, użytkownicy klientów, grupy i usługi, wyjaśnia
home-step-done = Zrobione
home-step-customer = Dodaj pierwszego klienta: firmę lub organizację, którą obsługujesz
home-step-person = Dodaj pierwszego użytkownika klienta: osobę z firmy klienta
home-step-agent = Dodaj agenta: koleżankę lub kolegę z zespołu
home-step-groups = Włącz uprawnienia grupowe
home-step-sources = Podłącz osoby z innej bazy danych lub z katalogu
home-waiting = Do zrobienia
home-review-open = Kontynuuj
home-job-open = Zobacz
home-changes = Ostatnie zmiany
home-opened-none = Tu pojawi się to, co ostatnio otwarto.
home-counts = Stan
copy-text = Kopiuj { $text }
