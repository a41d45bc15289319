# Rama wokół wszystkich stron.
skip-to-content = Przejdź do treści
nav-main = Główna nawigacja
nav-own = Pomoc i konto
search-people-everywhere = Szukanie osób
search-list = Szukanie na liście
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
about-customer-users = Osoby, które obsługuje zespół: dodawanie, wyszukiwanie, edycja
about-customers = Firmy i organizacje, do których należą
about-groups = Na nich nadaje się uprawnienia: dodawanie, zmiana nazwy, ważność
about-services = O co mogą prosić użytkownicy klientów, w postaci drzewa
about-agents = Osoby, które tu pracują, i ich uprawnienia
about-journal = Każda zmiana: kiedy, kto i co było wcześniej
about-tokens = Dostęp dla programów korzystających z interfejsu REST
about-account = Sesje, hasło, język i skróty klawiszowe
home-title = Strona główna
home-valid =
    { $count ->
        [one] { $count } ważny
        [few] { $count } ważnych
       *[other] { $count } ważnych
    }
home-invalid =
    { $count ->
        [one] { $count } nieważny
        [few] { $count } nieważnych
       *[other] { $count } nieważnych
    }
search = Szukaj
search-people = Szukaj osób…
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
       *[other] { $count } pola wymaga poprawy. Wpisane dane zostały zachowane.
    }
role-reader = Czytelnik
role-editor = Redaktor
role-admin = Administrator
role-none = brak dostępu
validity-valid = ważny
validity-invalid = nieważny
validity-invalid-temporarily = nieważny czasowo
validity-things-valid = ważna
validity-things-invalid = nieważna
validity-things-invalid-temporarily = nieważna czasowo
kind-customer-user = użytkownik klienta
kind-customer = klient
kind-agent = agent
kind-group = grupa
kind-service = usługa
kind-token = token
kind-log-in = logowanie
kind-relation = powiązania
