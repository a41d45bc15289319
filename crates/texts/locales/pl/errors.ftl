# Co zostało odrzucone lub się nie powiodło, oraz błędy w polach.
error-home = Do strony głównej
error-request-id = Numer żądania:
error-400-title = Nie można odczytać tego żądania
error-400-text = Adres lub formularz zawiera znaki, które nie są poprawnym tekstem. Nic nie zostało zmienione. Wróć, usuń nietypowe znaki i spróbuj ponownie.
error-404-title = Nie ma takiej strony
error-404-text = W adresie może być literówka albo strona została przeniesiona. Skorzystaj z wyszukiwania lub zacznij od strony głównej.
error-405-title = Tego adresu nie można tak użyć
error-405-text = Strona istnieje, ale nie dla tego rodzaju żądania. Nic nie zostało zmienione.
error-413-title = Za dużo danych naraz
error-413-text = Formularz może zawierać najwyżej 1 MiB. Nic nie zostało zmienione. Wróć i skróć wpisane dane.
error-415-title = Nieznany rodzaj danych
error-415-text = Formularze są wysyłane jako zwykłe dane formularza. Nic nie zostało zmienione.
error-421-title = Nieznana nazwa hosta
error-421-text = Ten serwer nie odpowiada pod nazwą hosta podaną w adresie.
error-timeout-title = To trwało zbyt długo
error-timeout-text = Żądanie przerwano po 30 sekundach. Zanim ponowisz zmianę, sprawdź, czy nie została zapisana.
error-cross-origin-title = Zmiana została odrzucona
error-cross-origin-text = Żądanie przyszło z innej witryny. Nic nie zostało zmienione. Otwórz stronę tutaj i spróbuj ponownie.
error-unknown-title = Nie znaleziono
error-unknown-text = Nie znaleziono „{ $value }”. Być może nazwa się zmieniła: spróbuj wyszukać.
error-unknown-number-text = Nie ma tu „{ $value }”. Być może zostało usunięte albo w adresie jest literówka. Zacznij od listy.
error-forbidden-title = Brak uprawnień
error-forbidden-text = Potrzebna jest rola „{ $value }”. Poproś administratora o jej nadanie.
error-read-only-title = To źródło jest tylko do odczytu
error-read-only-text = Danych ze źródła „{ $value }” nie można tu zmieniać. Zmień je tam, skąd pochodzą.
error-invalid-title = Coś wymaga poprawy
error-invalid-text = Tych pól nie można zapisać w tej postaci. Nic nie zostało zmienione.
error-syntax-title = Nie można odczytać wyszukiwania
error-syntax-text = { $value }
error-credentials-title = Błędne dane logowania
error-credentials-text = Nieprawidłowa nazwa użytkownika lub hasło.
error-conflict-title = Ktoś inny był szybszy
error-conflict-text = „{ $value }” w międzyczasie zmieniono. Nic nie zostało nadpisane. Otwórz dane ponownie i powtórz zmianę.
error-busy-title = Zbyt wiele logowań naraz
error-busy-text = W tej chwili loguje się zbyt wiele osób. Spróbuj ponownie za kilka sekund.
error-too-many-title = Zbyt wiele prób
error-too-many-text =
    { $seconds ->
        [one] Spróbuj ponownie za sekundę.
        [few] Spróbuj ponownie za { $seconds } sekundy.
        [many] Spróbuj ponownie za { $seconds } sekund.
       *[other] Spróbuj ponownie za { $seconds } sekundy.
    }
error-unavailable-title = Źródło danych nie odpowiada
error-unavailable-text = „{ $value }” jest teraz nieosiągalne. Nic nie zostało zmienione. Spróbuj za chwilę; reszta działa dalej.
error-session-title = Sesja wygasła
error-session-text = Nic nie zostało zapisane. Zaloguj się ponownie w innej karcie, wróć na tę stronę i wyślij jeszcze raz.
error-session-login = Zaloguj się w innej karcie
error-renew-text = Nic nie zostało zapisane, bo najpierw trzeba ustawić nowe hasło. Zrób to w innej karcie, a potem wyślij formularz jeszcze raz.
error-kept = Wpisane wartości nie przepadły: możesz je wysłać jeszcze raz bez zmian.
error-again = Wyślij ponownie
error-internal-title = Coś poszło nie tak po naszej stronie
error-internal-text = To błąd programu, nie Twój. Nic nie zostało zapisane w połowie. Jeśli się powtórzy, podaj administratorowi numer żądania.
problem-required = To pole jest wymagane.
problem-too-long =
    { $count ->
        [one] Mieści się tu najwyżej jeden znak.
        [few] Mieszczą się tu najwyżej { $count } znaki.
        [many] Mieści się tu najwyżej { $count } znaków.
       *[other] Mieści się tu najwyżej { $count } znaku.
    }
problem-too-many-wildcards =
    { $count ->
        [one] Może tu być najwyżej jeden znak *.
        [few] Mogą tu być najwyżej { $count } znaki *.
        [many] Może tu być najwyżej { $count } znaków *.
       *[other] Może tu być najwyżej { $count } znaku *.
    }
problem-too-many =
    { $count ->
        [one] Naraz można porównać najwyżej jedną wartość.
        [few] Naraz można porównać najwyżej { $count } wartości.
        [many] Naraz można porównać najwyżej { $count } wartości.
       *[other] Naraz można porównać najwyżej { $count } wartości.
    }
problem-control-character = Usuń znaki sterujące, na przykład podziały wiersza.
problem-invisible-character = Usuń niewidoczne znaki (o zerowej szerokości i formatujące).
problem-reserved = Ta nazwa użytkownika jest zastrzeżona: oznacza wszystkich.
problem-email-character = Znak „{ $character }” nie może tam stać w adresie e-mail.
problem-email-local-part = Przed znakiem @ może być najwyżej { $count } znaków.
problem-email = To nie jest pełny adres e-mail. Wygląda on tak: imie@firma.pl.
problem-email-refused = Takie adresy nie są tu przyjmowane. Podaj adres, na który można wysłać pocztę.
problem-not-a-number = Tu można wpisać tylko liczbę całkowitą.
problem-not-a-decimal =
    { $places ->
        [any] Tu można wpisać tylko liczbę, na przykład 12.5.
        [0] Tu można wpisać tylko liczbę całkowitą.
        [one] Tu można wpisać tylko liczbę z najwyżej jednym miejscem po kropce, na przykład 12.5.
       *[other] Tu można wpisać tylko liczbę z najwyżej { $places } miejscami po kropce, na przykład 12.5.
    }
problem-out-of-range = Wartość musi mieścić się między { $least } a { $most }.
problem-not-a-date = To nie jest data. Zapisz ją tak: 2026-03-01.
problem-not-a-time = To nie jest data z godziną. Zapisz ją tak: 2026-03-01 12:30:00.
problem-not-a-uuid = To nie jest UUID. Wygląda on tak: 0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f.
problem-not-one-of = Można wpisać tylko jedną z tych wartości: { $choices }.
problem-unstorable-character = Tabela nie może przechować tych znaków: { $characters }
problem-not-accepted = Baza danych nie przyjmuje tej wartości.
problem-not-a-choice = Wybierz jedną z podanych wartości.
problem-unknown-validity = Wybierz jedną z podanych wartości.
problem-unknown-customer = Nie ma takiego klienta. Wybierz z listy albo najpierw go dodaj.
problem-invalid-customer = Ten klient jest nieaktywny. Wybierz aktywnego.
problem-taken = Już używane przez: { $by }. Wybierz inną wartość.
problem-unknown-field = Nie ma takiego pola.
problem-speaks-first = Wcześniejsze źródło „{ $source }” jest tylko do odczytu i ma ten login, więc nadal decydowałoby o tej osobie. Najpierw usuń z niego login, ustaw drugie źródło przed nim w konfiguracji albo zezwól na wpis z wyprzedzeniem.
problem-not-there = Do tego źródła nie można zapisywać i nie ma w nim tego loginu. Najpierw załóż tam konto.
problem-already-there = Ta osoba jest już w tym źródle i w żadnym innym, do którego można zapisywać.
problem-no-customer-yet = Nie ma jeszcze żadnego aktywnego klienta. Najpierw go dodaj.
problem-unknown-role = Wybierz jedną z podanych ról.
problem-last-admin = Żaden inny administrator nie mógłby się już zalogować. Najpierw nadaj tę rolę komuś innemu.
problem-rights-through-roles = Agent zachowuje wyższą rolę dzięki rolom z systemu zgłoszeń: { $roles }. Najpierw odbierz mu je tam, w OTOBO w „Agenci ↔ Role”.
problem-fixed-by-file = To jest ustawione w kartoteka.toml. Zmień to tam.
problem-fixed-by-otobo = To jest ustawione na stronach OTOBO. Zmień to tam.
problem-fixed-by-variable = To ustawia zmienna środowiskowa { $variable }. Zmień ją tam.
problem-cannot-undo = Tego nie można cofnąć.
problem-unknown-parent = Nie ma już takiej usługi. Wybierz inną z listy.
problem-below-itself = Usługa nie może być pod samą sobą. Wybierz inne miejsce w drzewie.
problem-separator = „::” oddziela poziomy, więc nazwa nie może tego zawierać ani zaczynać się lub kończyć dwukropkiem. Usługę nadrzędną wybierz w osobnym polu.
problem-carries-rights = Z tej grupy pochodzą uprawnienia agentów: musi zachować nazwę i pozostać aktywna, inaczej agenci stracą dostęp.
problem-unknown-person = Nie ma takiego użytkownika klienta.
problem-invalid-person = Ten użytkownik klienta jest nieaktywny, więc nie można mu nic nadać.
problem-unknown-group = Nie ma takiej grupy.
problem-invalid-group = Ta grupa jest nieaktywna, więc nie można w niej nic nadać.
problem-unknown-service = Nie ma takiej usługi.
problem-invalid-service = Ta usługa jest nieaktywna, więc nie można jej nadać.
problem-unknown-permission = To uprawnienie nie należy do tych, które można nadać.
problem-unknown-context = Takiego dostępu nie ma albo jest wyłączony w ustawieniach dostępu.
problem-take-rw-first = { $permission } jest częścią edycji (rw). Najpierw odbierz rw.
problem-not-your-group = Uprawnienia możesz nadawać tylko w grupach, w których masz rw.
problem-own-rights = Uprawnienia osoby o Twojej nazwie użytkownika może zmieniać tylko administrator.
problem-not-a-day = To nie jest dzień. Zapisz go tak: 2026-11-24.
problem-in-the-future = Ten dzień jest w przyszłości.
problem-before-journal = Dziennik zaczyna się { $day }. O wcześniejszym czasie nic nie wiadomo.
problem-not-a-name = Nazwa składa się z liter bez znaków diakrytycznych, cyfr i _, zaczyna się literą i ma najwyżej 63 znaki.
problem-field-there = To źródło ma już pole o tej nazwie.
problem-column-shown = Ta kolumna jest już używana: { $by }.
problem-column-other = Ta kolumna istnieje i zawiera coś innego: { $holds }.
problem-no-column = Nie ma takiej kolumny i nie można jej tu dodać.
problem-secret-field = Haseł i podobnych danych nigdy się nie pokazuje.
problem-needed-field = Źródło nie może się obejść bez tego pola.
problem-not-a-link = Z tego nie powstanie odsyłacz: { $reason }.
problem-only-when-added = Podaje się to przy dodawaniu pola i już się tego nie zmienia. Usuń pole i dodaj je na nowo; dane zostaną.
problem-table-busy = Tabela jest zablokowana, więc nie udało się dodać kolumny. Nic nie zmieniono; spróbuj za chwilę.
problem-settings = { $text }
problem-source-elsewhere = To źródło jest ustawione w { $place } i tylko tam można je zmienić.
problem-secret-again = Źródło pytałoby inny serwer albo w inny sposób. Podaj to hasło jeszcze raz, aby nie trafiło tam, gdzie nie powinno.
problem-no-secret-key = Hasła źródeł są zapieczętowane, a ten węzeł nie ma do nich klucza. Skopiuj kartoteka.key z katalogu danych węzła, który go ma, albo ustaw KARTOTEKA_SECRETS__KEY.
problem-other-secret-key = To hasło zapieczętowano innym kluczem niż klucz tego węzła. Przywróć tamten klucz albo podaj hasło jeszcze raz.
problem-test-failed = Sprawdzenie się nie powiodło, więc nic nie zapisano. Niżej widać, na którym kroku. Możesz też zapisać mimo to.
problem-document-changed = Ktoś to w międzyczasie zmienił, więc nic nie zapisano. Sprawdź, jak jest teraz, i zmień jeszcze raz.
conflict-title = Ktoś inny zapisał te dane w międzyczasie.
conflict-text = W polach jest wersja wpisana tutaj; pod każdym polem, które się różni, podano to, co jest teraz zapisane. Zapisanie zachowa wersję z pól.
conflict-stored = Teraz zapisane: { $value }
violation-too-short =
    { $count ->
        [one] Co najmniej jeden znak.
        [few] Co najmniej { $count } znaki.
        [many] Co najmniej { $count } znaków.
       *[other] Co najmniej { $count } znaku.
    }
violation-too-long =
    { $count ->
        [one] Najwyżej jeden bajt.
        [few] Najwyżej { $count } bajty (polskie litery liczą się podwójnie).
        [many] Najwyżej { $count } bajtów (polskie litery liczą się podwójnie).
       *[other] Najwyżej { $count } bajtu (polskie litery liczą się podwójnie).
    }
violation-control-character = Bez znaków końca wiersza i innych, których nie da się wpisać.
violation-like-name = Ani nazwa użytkownika, ani imię czy nazwisko.
violation-no-digit = Co najmniej jedna cyfra.
violation-common = Nie może to być jedno z haseł, które wszyscy próbują najpierw.
violation-not-2-lower-2-upper = Co najmniej dwie litery od a do z i dwie od A do Z.
violation-not-2-characters = Co najmniej dwie litery, cyfry lub znaki podkreślenia.
violation-not-3-of-4 = Co najmniej trzy z czterech: cyfra, litera od a do z, litera od A do Z, inny znak.
violation-no-match = Musi pasować do wzorca, który ustalił administrator; zapytaj go, czego wzorzec wymaga.
violation-used-before =
    { $count ->
        [one] Nie może to być obecne hasło ani poprzednie.
        [few] Nie może to być obecne hasło ani żadne z { $count } poprzednich.
        [many] Nie może to być obecne hasło ani żadne z { $count } poprzednich.
       *[other] Nie może to być obecne hasło ani żadne z { $count } poprzednich.
    }
