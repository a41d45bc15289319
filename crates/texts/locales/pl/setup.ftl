setup-title = Pierwsze uruchomienie
setup-lead = Utwórz pierwsze konto agenta z rolą administratora. Po zalogowaniu dodasz współpracowników, klientów i ich użytkowników.
setup-code = Kod startowy
setup-code-hint = Kod wyświetlił się w terminalu (lub w logu) po uruchomieniu programu.
setup-wrong-code = Kod startowy jest błędny. Znajdziesz go w terminalu lub w logu; po ponownym uruchomieniu programu jest nowy.
setup-submit = Utwórz konto i zaloguj
flash-setup-done = Kartoteka jest gotowa. Teraz dodaj pierwszego klienta: firmę lub organizację, której pracowników obsługuje zespół.
