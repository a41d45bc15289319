nav-reviews = Przeglądy dostępu
about-reviews = Sprawdzenie i potwierdzenie nadanych uprawnień
reviews-title = Przeglądy dostępu
reviews-text = W przeglądzie po kolei potwierdza się albo odbiera wszystko, co nadano w grupie lub klientowi. Zatwierdzony wynik zostaje zachowany.
reviews-none = Nie ma jeszcze przeglądów
reviews-none-text = Przegląd pokazuje, kto co ma w grupie albo co ma klient. Nic się nie zmienia, dopóki nie zostanie zatwierdzony.
reviews-none-so = Nie ma przeglądów w tym stanie
reviews-show-all-states = Pokaż wszystkie
reviews-begin = Rozpocznij przegląd
reviews-link = Rozpocznij przegląd dostępu
reviews-of-group = Grupa { $name }
reviews-of-customer = Klient { $name }
reviews-item = Pozycja { $number }
reviews-items = Pozycje przeglądu
reviews-state = Stan
reviews-state-all = Wszystkie
reviews-state-open = otwarty
reviews-state-signed-off = zatwierdzony
reviews-state-cancelled = anulowany
reviews-column-of = Czego dotyczy
reviews-column-progress = Postęp
reviews-column-begun = Rozpoczęty
reviews-column-ended = Zakończony
reviews-column-who = Kto
reviews-column-what = Uprawnienie
reviews-column-decision = Decyzja
reviews-column-comment = Komentarz
reviews-column-outcome = Wynik
reviews-progress = Zdecydowano { $decided } z { $items }
reviews-came-to = zostaje: { $kept }, odebrano: { $revoked }
reviews-choose-title = Czego ma dotyczyć przegląd?
reviews-choose-text = Wybierz grupę albo wyszukaj klienta.
reviews-choose-search = Grupa lub klient
reviews-choose-groups = Grupy
reviews-choose-no-groups = Nie ma grupy, w której możesz nadawać uprawnienia.
reviews-choose-customers = Klienci
reviews-choose-customers-text = Wyszukaj klienta powyżej.
reviews-begin-title = Rozpocznij przegląd dostępu
reviews-begin-now = Rozpocznij przegląd
reviews-begin-grants =
    { $count ->
        [0] Nic tu nie nadano, więc nie ma czego przeglądać.
        [one] Do przejrzenia jest { $count } pozycja.
        [few] Do przejrzenia są { $count } pozycje.
       *[other] Do przejrzenia jest { $count } pozycji.
    }
reviews-not-begun = Nie można rozpocząć przeglądu.
reviews-open-already = Przegląd już trwa.
reviews-open-go = Przejdź do tego przeglądu
reviews-note = Notatka
reviews-note-hint = Po co jest ten przegląd. Notatka zostaje zachowana z wynikiem.
reviews-end-note = Notatka do wyniku
reviews-beside-off = Uprawnienia grupowe są wyłączone: wszyscy mają wszystko, niezależnie od decyzji.
reviews-beside-always = Grupę { $group } i tak mają wszyscy użytkownicy klientów. Zmienia się to w ustawieniach dostępu.
reviews-beside-company = Grupę { $group } i tak mają wszyscy klienci. Zmienia się to w ustawieniach dostępu.
reviews-beside-invalid-group = Grupa { $group } jest nieaktywna, więc nic, co w niej nadano, teraz nie działa.
reviews-beside-invalid-customer = Klient jest nieaktywny, więc nic, co mu nadano, teraz nie działa.
reviews-begun-by = Rozpoczęto: { $when }, { $who }
reviews-signed-by = Zatwierdzono: { $when }, { $who }
reviews-cancelled-by = Anulowano: { $when }, { $who }
reviews-subject-group = Przejdź do grupy
reviews-subject-customer = Przejdź do klienta
reviews-was = wcześniej { $key }
reviews-to-revoke =
    { $count ->
        [one] do odebrania: { $count }
        [few] do odebrania: { $count }
       *[other] do odebrania: { $count }
    }
reviews-gone =
    { $count ->
        [one] { $count } pozycję odebrał w międzyczasie ktoś inny. Nie wymaga decyzji.
        [few] { $count } pozycje odebrał w międzyczasie ktoś inny. Nie wymagają decyzji.
       *[other] { $count } pozycji odebrał w międzyczasie ktoś inny. Nie wymagają decyzji.
    }
reviews-added =
    { $count ->
        [one] Od rozpoczęcia przeglądu nadano { $count } uprawnienie
        [few] Od rozpoczęcia przeglądu nadano { $count } uprawnienia
       *[other] Od rozpoczęcia przeglądu nadano { $count } uprawnień
    }
reviews-added-unreviewed =
    { $count ->
        [one] Od rozpoczęcia przeglądu nadano { $count } uprawnienie, którego w nim nie ma. Zostaje bez przeglądu.
        [few] Od rozpoczęcia przeglądu nadano { $count } uprawnienia, których w nim nie ma. Zostają bez przeglądu.
       *[other] Od rozpoczęcia przeglądu nadano { $count } uprawnień, których w nim nie ma. Zostają bez przeglądu.
    }
reviews-take-in = Dołącz do przeglądu
reviews-show = Pokaż
reviews-show-undecided = Bez decyzji
reviews-show-revoke = Do odebrania
reviews-show-confirm = Potwierdzone
reviews-show-all = Wszystkie
reviews-search = Nazwa, klucz, grupa lub uprawnienie
reviews-nothing-here = Nic tu nie ma
reviews-nothing-here-text = Żadna pozycja nie ma takiej decyzji.
reviews-no-items = Gdy przegląd się zaczął, nic nie było nadane. Można go zatwierdzić.
reviews-all-decided = Wszystkie decyzje podjęte. Przegląd można zatwierdzić.
reviews-shown =
    { $count ->
        [one] { $count } pozycja
        [few] { $count } pozycje
       *[other] { $count } pozycji
    }
reviews-choice-undecided = bez decyzji
reviews-choice-confirm = potwierdź
reviews-choice-revoke = odbierz
reviews-decided-undecided = bez decyzji
reviews-decided-confirm = potwierdzone
reviews-decided-revoke = do odebrania
reviews-outcome-all = Wszystkie
reviews-outcome-kept = Zostaje
reviews-outcome-revoked = Odebrane
reviews-outcome-gone = Odebrane wcześniej
reviews-unreviewed = Nadane później, bez przeglądu
reviews-comment-on = Komentarz: { $name }
reviews-needs-other = Musi zdecydować ktoś inny.
reviews-earlier =
    { $count ->
        [one] { $count } wcześniejsza decyzja
        [few] { $count } wcześniejsze decyzje
       *[other] { $count } wcześniejszych decyzji
    }
reviews-what = { $permission } w grupie { $group }
reviews-what-further = dalszy klient { $customer }
reviews-people =
    { $count ->
        [0] nie obejmuje nikogo
        [one] obejmuje { $count } osobę
        [few] obejmuje { $count } osoby
       *[other] obejmuje { $count } osób
    }
reviews-no-longer-given = już odebrane
reviews-unknown = nieznany
reviews-invalid = nieaktywny
reviews-also = Także { $permission }: { $why }
reviews-also-direct = z innego nadania
reviews-also-customer = przez klienta { $customer }
reviews-also-always = grupa domyślna użytkowników klientów
reviews-also-company = grupa domyślna klientów
reviews-also-off = uprawnienia grupowe są wyłączone
reviews-also-record = Należy do klienta także według danych osoby
reviews-save = Zapisz decyzje
reviews-save-next = Zapisz i następna strona
reviews-page-confirm = Potwierdź wszystko na tej stronie
reviews-page-revoke = Odbierz wszystko na tej stronie
reviews-all-title =
    { $count ->
        [one] Znaleziona pozycja
        [few] Wszystkie { $count } znalezione pozycje
       *[other] Wszystkie { $count } znalezionych pozycji
    }
reviews-all-text = Dotyczy wszystkich wyników wyboru i wyszukiwania powyżej, także na innych stronach. To, o czym decyduje ktoś inny, pozostaje bez zmian.
reviews-all-confirm =
    { $count ->
        [one] Potwierdź { $count }
        [few] Potwierdź wszystkie { $count }
       *[other] Potwierdź wszystkie { $count }
    }
reviews-all-revoke =
    { $count ->
        [one] Odbierz { $count }
        [few] Odbierz wszystkie { $count }
       *[other] Odbierz wszystkie { $count }
    }
reviews-mistakes =
    { $count ->
        [one] Nic nie zapisano: { $count } błąd. Wpisane dane zostały zachowane.
        [few] Nic nie zapisano: { $count } błędy. Wpisane dane zostały zachowane.
       *[other] Nic nie zapisano: { $count } błędów. Wpisane dane zostały zachowane.
    }
reviews-sign-off = Zatwierdź i zamknij …
reviews-sign-off-title = Zatwierdzenie przeglądu
reviews-sign-off-text = Wszystko, co oznaczono do odebrania, zostanie odebrane naraz, a przegląd zamknięty. Potem nic się w nim nie zmieni; odebranie można cofnąć w dzienniku.
reviews-sign-off-now =
    { $count ->
        [0] Zatwierdź, nic nie odbieraj
        [one] Zatwierdź i odbierz { $count }
        [few] Zatwierdź i odbierz { $count }
       *[other] Zatwierdź i odbierz { $count }
    }
reviews-not-signed = Przeglądu nie można teraz zatwierdzić. Wszystkie decyzje są zachowane.
reviews-preview = Co zostanie odebrane
reviews-preview-nothing = Nic: wszystko zostaje bez zmian.
reviews-back = Wróć do przeglądu
reviews-cancel = Anuluj przegląd
reviews-cancel-title = Anulowanie przeglądu
reviews-cancel-text = Przegląd zostanie zamknięty i zachowany w obecnym stanie. Nic nie zostanie odebrane.
reviews-cancel-now = Anuluj przegląd
reviews-export-csv = Eksportuj jako CSV
reviews-export-json = Eksportuj jako JSON
reviews-digest = SHA-256 wyniku, także w dzienniku:
reviews-take-back = Cofnij odebranie
flash-review-begun =
    { $count ->
        [one] Przegląd się zaczął: { $count } pozycja.
        [few] Przegląd się zaczął: { $count } pozycje.
       *[other] Przegląd się zaczął: { $count } pozycji.
    }
flash-review-decided =
    { $count ->
        [0] Nie było czego zapisać.
        [one] Zapisano { $count } decyzję.
        [few] Zapisano { $count } decyzje.
       *[other] Zapisano { $count } decyzji.
    }
flash-review-decided-some =
    { $count ->
        [one] Zapisano { $count } decyzję; dla kogoś innego zostaje: { $detail }.
        [few] Zapisano { $count } decyzje; dla kogoś innego zostaje: { $detail }.
       *[other] Zapisano { $count } decyzji; dla kogoś innego zostaje: { $detail }.
    }
flash-review-overruled =
    { $count ->
        [one] Zapisano. W międzyczasie o { $count } z pozycji inaczej zdecydowano ({ $name }); obie decyzje są zachowane, liczy się ta nowsza.
        [few] Zapisano. W międzyczasie o { $count } z pozycji inaczej zdecydowano ({ $name }); wszystkie decyzje są zachowane, liczą się nowsze.
       *[other] Zapisano. W międzyczasie o { $count } z pozycji inaczej zdecydowano ({ $name }); wszystkie decyzje są zachowane, liczą się nowsze.
    }
flash-review-taken-in =
    { $count ->
        [0] Nie było czego dołączyć.
        [one] Dołączono { $count } pozycję.
        [few] Dołączono { $count } pozycje.
       *[other] Dołączono { $count } pozycji.
    }
flash-review-refused = Nie wykonano: { $detail }
flash-review-closed = Nic nie zapisano: w międzyczasie zamknięto przegląd.
flash-review-signed =
    { $count ->
        [0] Zatwierdzono. Nic nie odebrano.
        [one] Zatwierdzono. Odebrano { $count } pozycję.
        [few] Zatwierdzono. Odebrano { $count } pozycje.
       *[other] Zatwierdzono. Odebrano { $count } pozycji.
    }
flash-review-cancelled = Przegląd anulowano. Nic nie zostało odebrane.
problem-review-closed = Przegląd jest zamknięty: zatwierdzono go albo anulowano.
problem-review-open = Przegląd już trwa: numer { $number }.
problem-too-many-grants =
    { $count ->
        [one] Jest więcej niż { $count } pozycja: to za dużo na jeden przegląd.
        [few] Jest więcej niż { $count } pozycje: to za dużo na jeden przegląd.
       *[other] Jest więcej niż { $count } pozycji: to za dużo na jeden przegląd.
    }
problem-undecided =
    { $count ->
        [one] { $count } pozycja czeka jeszcze na decyzję.
        [few] { $count } pozycje czekają jeszcze na decyzję.
       *[other] { $count } pozycji czeka jeszcze na decyzję.
    }
problem-review-changed = W międzyczasie coś zdecydowano, nadano lub odebrano. Sprawdź jeszcze raz.
journal-fault-review = Wpis { $entry } zatwierdził przegląd, który później zmieniono.
kind-review = przegląd dostępu
action-start-review = rozpoczęto
action-take-into-review = dołączono pozycje
action-sign-off-review = zatwierdzono
action-cancel-review = anulowano
review-field-items = Pozycje
review-field-note = Notatka
review-field-confirmed = Potwierdzone
review-field-revoked = Odebrane
review-field-gone = Odebrane wcześniej
review-field-unreviewed = Bez przeglądu
review-field-digest = SHA-256
review-field-name = Grupa
review-field-customerid = Klient
reviews-effect-lost =
    { $count ->
        [one] Jedna osoba straci uprawnienie { $permission } w grupie { $group }
        [few] { $count } osoby stracą uprawnienie { $permission } w grupie { $group }
        [many] { $count } osób straci uprawnienie { $permission } w grupie { $group }
       *[other] { $count } osoby stracą uprawnienie { $permission } w grupie { $group }
    }
reviews-more =
    { $count ->
        [one] i jeszcze jedno
        [few] i jeszcze { $count }
        [many] i jeszcze { $count }
       *[other] i jeszcze { $count }
    }
