# What the pages of customer users and customers have in common.
records-data = Dane
records-field = Pole
records-edit = Edytuj
records-save = Zapisz
records-save-finish = Zapisz i zakończ
records-preview = Podgląd zmian
records-cancel = Anuluj
records-continue = Dalej
records-back-to-list = Wróć do listy
records-add-another = Dodaj następną osobę
records-required-note = pola z * są wymagane
records-no-value = brak
records-becomes = zmienia się na
records-source = Źródło
records-sources = Źródła
records-version = wersja
records-history = Historia
records-history-empty = Nic jeszcze nie zmieniono w Kartotece.
records-detail-search = Wyszukiwanie szczegółowe
records-detail-search-by = Szukaj według pól
records-detail-search-hint = wystarczy część wartości; * zastępuje dowolny ciąg znaków, "…" wymaga całej wartości
records-detail-search-clear = Wyczyść
records-search-help = Szukaj
records-search-help-and = oba słowa
records-search-help-phrase = dokładnie
records-search-help-or = jedno z nich
records-search-help-not = bez
records-search-help-any = dowolny ciąg znaków w środku
records-search-help-fold = wielkość liter i znaki diakrytyczne nie mają znaczenia
records-search-help-fields = Przeszukiwane pola: { $fields }.
records-syntax-title = Tego wyszukiwania nie można odczytać.
records-syntax-at = Błąd przy znaku { $count }.
records-syntax-empty = Nie ma czego szukać.
records-syntax-missing-word = Brakuje słowa.
records-syntax-operator-clash = Obok siebie stoją dwa różne operatory.
records-syntax-unopened = Nawias zamykający nie ma otwierającego.
records-syntax-unclosed = Nawias otwierający nie jest zamknięty.
records-syntax-too-deep = Nawiasy są zagnieżdżone zbyt głęboko.
records-syntax-too-many-words = Za dużo słów. Wpisz mniej.
records-syntax-too-many-wildcards = Za dużo znaków *. Wpisz mniej.
records-syntax-too-long = Tekst jest zbyt długi.
records-remark-quote = Ten cudzysłów nie ma pary; jest szukany jak zwykły znak.
records-remark-parenthesis = Ten nawias nie ma pary; jest szukany jak zwykły znak.
records-remark-operator = Po tym operatorze nic nie ma; jest pomijany.
records-remark-plain-operator = To jest szukane jako tekst: + lub odstęp łączy słowa, OR szuka jednego z nich.
records-filter-validity = Ważność
records-filter-valid = aktywni
records-filter-invalid = nieaktywni
records-filter-all = wszyscy
records-filter-things-valid = aktywne
records-filter-things-invalid = nieaktywne
records-filter-things-all = wszystkie
records-filter-all-sources = wszystkie
records-filter-customer = Klient
records-filter-customer-drop = Usuń filtr klienta
records-column-source = Źródło
records-column-validity = Ważność
records-sort-hint = Kliknięcie nagłówka sortuje listę.
records-source-down = niedostępne od { $since }
records-last-known = Źródło nie odpowiada od { $since }. To ostatnie znane dane.
records-source-read-only = tylko do odczytu
records-source-first = { $count ->
    [one] tylko pierwszy wpis
    [few] tylko pierwsze { $count }
   *[other] tylko pierwszych { $count }
}
records-source-live = pytane bezpośrednio, bez wliczania do sum
records-source-stale = od { $since } mogło się zmienić
records-index-building =
    { $count ->
        [one] Indeks wyszukiwania powstaje: { $count } rekord gotowy. Do tego czasu lista może być niepełna.
        [few] Indeks wyszukiwania powstaje: { $count } rekordy gotowe. Do tego czasu lista może być niepełna.
       *[other] Indeks wyszukiwania powstaje: { $count } rekordów gotowych. Do tego czasu lista może być niepełna.
    }
records-count = { $first }–{ $last } z { $total }
records-count-more = { $first }–{ $last } z ponad { $total }
records-count-limit = na liście pierwsze { $limit } wyników
records-pages = Strony
records-page = Strona { $page }
records-per-page = Na stronie
records-previous-page = Poprzednia strona
records-next-page = Następna strona
records-to-first-page = Do pierwszej strony
records-empty-match-title = Brak wyników
records-empty-match-text = Sprawdź pisownię, szukaj krótszej części słowa albo usuń filtry.
records-empty-match-all = Szukaj także wśród nieaktywnych
records-empty-match-reset = Pokaż całą listę
records-empty-source-title = Nie wszystkie źródła odpowiadają
records-empty-source-text = W pozostałych brak wyników. Dane nie zginęły; spróbuj ponownie za chwilę.
records-empty-beyond-title = Nie ma tylu stron
records-choose-source = Do którego źródła dodać?
records-no-writable-source = Nie można tu nic dodać: wszystkie źródła są tylko do odczytu. Zmiany wprowadza się tam, skąd pochodzą dane.
records-locked-source = Źródło „{ $source }” jest tylko do odczytu. Dane zmienia się tam, skąd pochodzą.
records-kept-ldap = Dane są w katalogu odczytywanym przez LDAP.
records-kept-csv = Dane są w pliku z wartościami rozdzielonymi przecinkami.
records-kept-db = Konfiguracja nie pozwala zapisywać do tej tabeli.
records-locked-field = Pole jest w konfiguracji oznaczone jako tylko do odczytu.
records-mistakes =
    { $count ->
        [one] Nie zapisano: { $count } błąd
        [few] Nie zapisano: { $count } błędy
       *[other] Nie zapisano: { $count } błędów
    }
records-preview-title = Co się zmieni po zapisaniu
records-preview-unsaved = jeszcze nie zapisano
records-preview-nothing = Nic się nie zmieni.
records-password = Hasło
records-password-title = Ustaw hasło
records-password-new = Nowe hasło
records-password-again = Ze względów bezpieczeństwa wpisz hasło ponownie.
records-set-password = Ustaw hasło
records-form-password-generated = Jeśli pole zostanie puste, hasło zostanie wygenerowane i pokazane jeden raz.
records-form-password-unchanged = Jeśli pole zostanie puste, hasło się nie zmieni.
records-shown-once-title = Nowe hasło
records-shown-once-created = Dodano: { $name }. To jest wygenerowane hasło.
records-shown-once-set = Ustawiono nowe hasło: { $name }.
records-shown-once-note = Hasło widać tylko teraz: nigdzie nie jest zapisane jawnie. Przekaż je bezpieczną drogą.
records-copy = Kopiuj
records-copied = Skopiowano
records-conflict-title = Ktoś inny zapisał zmiany
records-conflict-text = Rekord zmienił się, odkąd otwarto formularz.
records-conflict-who = Ostatni zapis: { $who }, { $when }.
records-conflict-kept = Nic nie zostało nadpisane, a wpisane wartości są zachowane poniżej. Wybierz, co ma zostać.
records-conflict-caption = Różnice między wersjami
records-conflict-mine = Twoja wersja
records-conflict-stored = Zapisane teraz
records-conflict-was = było
records-conflict-same = Obie wersje są takie same.
records-conflict-save = Zapisz wybrane
records-conflict-discard = Odrzuć moje zmiany
flash-record-added = Dodano: { $name }
flash-record-saved = Zapisano: { $name }
flash-record-unchanged = Bez zmian: { $name }
flash-record-password-set = Ustawiono hasło: { $name }
records-gone-title = Tego rekordu już tu nie ma
records-gone-text = Nie zapisano: nie ma już rekordu „{ $key }”. Ktoś mógł w międzyczasie zmienić jego nazwę; znajdziesz go na liście.
records-gone-typed = Wpisane wartości
records-empty-building-title = Indeks wyszukiwania dopiero powstaje
records-empty-building-text = To, czego szukasz, może nie być jeszcze w indeksie. Nic nie zginęło.
records-empty-building-again = Spróbuj ponownie
records-missing = Brak tego wpisu w źródle „{ $source }” od: { $since }. W tym czasie nic nie jest dla niego dostępne; to, co mu nadano, zostaje zachowane do jego powrotu.
records-missing-known = Ostatnio znane dane
move-title = Przenoszenie do innego źródła
move-link = Przenieś do innego źródła
move-about = { $name } jest w źródle { $source }. Login zostaje, a z nim uprawnienia, klienci, usługi, preferencje i zgłoszenia.
move-to = Przenieś do
move-read-only = { $source } – tylko do odczytu
move-ahead = Utwórz wpis, nawet jeśli o tym loginie nadal decyduje wcześniejsze źródło
move-ahead-hint = Wpis czeka i zaczyna obowiązywać, gdy tylko wcześniejsze źródło przestanie mieć ten login.
move-values = Dane w źródle { $source }
move-values-hint = Wypełniono tym, co wiadomo. Zmień to, co w źródle ma być inaczej.
move-continue = Dalej
move-do = Przenieś
move-preview-title = Co się zmieni po przeniesieniu
flash-record-moved = Przeniesiono: { $name }
