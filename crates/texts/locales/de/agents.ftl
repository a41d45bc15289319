agents-title = Agenten
agents-add = Agent anlegen
agents-name = Name
agents-data = Daten
agents-back = Zurück zu den Agenten
agents-count =
    { $count ->
        [one] Ein Agent
       *[other] { $count } Agenten
    }
agent-field-userlogin = Benutzername
agent-field-userfirstname = Vorname
agent-field-userlastname = Nachname
agent-field-userpassword = Passwort
agent-field-role = Rolle
agent-field-validid = Gültigkeit
agent-role-hint = Leser sehen alles, Bearbeiter ändern Kunden und Kundenbenutzer, Administratoren dürfen alles.
agent-new-password = Neues Passwort
agent-set-password = Passwort setzen
agent-password-empty = Bleibt das Feld leer, wird ein Passwort erzeugt und einmal angezeigt.
agent-password-title = Neues Passwort
agent-password-for = Passwort von { $name }
agent-password-once = Kopieren Sie es jetzt und geben Sie es sicher weiter: Es wird nicht noch einmal angezeigt.
flash-agent-added = Agent { $name } wurde angelegt.
flash-agent-saved = Agent { $name } wurde gespeichert.
flash-agent-password = { $name } hat ein neues Passwort. Alle Sitzungen wurden beendet.
agent-field-network = Netz
agent-field-reason = Grund
agents-locks = Nach falschen Passwörtern gesperrte Anmeldungen
agents-lock-all = alle aus diesem Netz
agents-lock-attempts =
    { $count ->
        [one] Ein Fehlversuch
       *[other] { $count } Fehlversuche
    }
agents-lock-until = bis { $when }
agents-unlock = Entsperren
flash-unlocked = { $name } kann es wieder versuchen.
