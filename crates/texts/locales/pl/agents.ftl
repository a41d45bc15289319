agents-title = Agenci
agents-add = Dodaj agenta
agents-name = Nazwisko i imię
agents-data = Dane
agents-back = Wróć do listy agentów
agents-count =
    { $count ->
        [one] 1 agent
        [few] { $count } agentów
        [many] { $count } agentów
       *[other] { $count } agenta
    }
agent-field-userlogin = Nazwa użytkownika
agent-field-userfirstname = Imię
agent-field-userlastname = Nazwisko
agent-field-userpassword = Hasło
agent-field-role = Rola
agent-field-validid = Ważność
agent-role-hint = Czytelnik widzi wszystko, redaktor zmienia klientów i ich użytkowników, administrator może wszystko.
agent-new-password = Nowe hasło
agent-set-password = Ustaw hasło
agent-password-empty = Jeśli pole zostanie puste, hasło zostanie wygenerowane i pokazane jeden raz.
agent-password-title = Nowe hasło
agent-password-for = Hasło agenta { $name }
agent-password-once = Skopiuj je teraz i przekaż bezpieczną drogą: nie zostanie pokazane ponownie.
flash-agent-added = Dodano agenta { $name }.
flash-agent-saved = Zapisano agenta { $name }.
flash-agent-password = Agent { $name } ma nowe hasło. Wszystkie jego sesje zostały zakończone.
agent-field-network = Sieć
agent-field-reason = Powód
agents-locks = Logowania wstrzymane po błędnych hasłach
agents-lock-all = wszyscy z tej sieci
agents-lock-attempts =
    { $count ->
        [one] Jedna nieudana próba
        [few] { $count } nieudane próby
        [many] { $count } nieudanych prób
       *[other] { $count } nieudanej próby
    }
agents-lock-until = do { $when }
agents-unlock = Odblokuj
flash-unlocked = { $name } może próbować ponownie.
