setup-title = Przygotowanie Kartoteki
setup-lead = Tu powstaje pierwszy agent: administrator, który potem doda współpracowników, klientów i ich użytkowników.
setup-code = Kod startowy
setup-code-hint = Program wypisał go tam, gdzie został uruchomiony.
setup-wrong-code = Kod startowy jest błędny. Znajduje się tam, gdzie uruchomiono program; ponowne uruchomienie wypisuje nowy.
setup-submit = Utwórz i zaloguj
flash-setup-done = Kartoteka jest gotowa. Teraz można dodać pierwszego klienta: firmę lub organizację, której osoby obsługuje zespół.
