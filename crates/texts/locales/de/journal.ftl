journal-title = Journal
journal-verify = Journal prüfen
journal-sound =
    { $count ->
        [one] Das Journal ist unversehrt: Sein einziger Eintrag ist unverändert.
       *[other] Das Journal ist unversehrt: Alle { $count } Einträge sind unverändert und in der richtigen Reihenfolge.
    }
journal-fault-tampered = Eintrag { $entry } passt nicht zu seiner Prüfsumme: Er wurde nachträglich geändert.
journal-fault-missing = Vor Eintrag { $entry } fehlt ein Eintrag.
journal-fault-reordered = Eintrag { $entry } setzt die Kette nicht fort: Einträge wurden vertauscht.
journal-fault-end = Eintrag { $entry } und alles danach fehlt: Das Journal endet zu früh.
journal-fault-links = Bei Eintrag { $entry } wurde geändert, was er betrifft.
journal-kind = Art des Datensatzes
journal-all-kinds = alle
journal-key = Benutzername, Kundennummer oder Name
journal-who = Wer
journal-door = Zugang
journal-all-doors = alle
journal-since = Ab Tag
journal-until = Bis Tag
journal-file = Als Datei (CSV)
journal-column-number = Nummer
journal-column-time = Zeit
journal-column-who = Wer
journal-column-door = Zugang
journal-column-action = Was getan wurde
journal-column-kind = Art
journal-column-source = Datenquelle
journal-column-key = Datensatz
journal-column-what = Änderungen
journal-column-job = Massenänderung
journal-none = Keine Einträge
journal-none-text = Keine Änderung passt zu diesen Filtern.
journal-shown =
    { $count ->
        [one] Ein Eintrag
       *[other] { $count } Einträge
    }
journal-older = Ältere
journal-newest = Neueste
history-title = Verlauf
history-before = vorher:
history-after = jetzt:
history-empty-value = leer
action-create = angelegt
action-update = geändert
action-rename = umbenannt
action-set-password = Passwort gesetzt
action-move = in eine andere Quelle verschoben
action-import = importiert
action-relate-customer = weitere Kunden geändert
action-set-preference = Einstellung gesetzt
action-delete-preference = Einstellung entfernt
door-page = im Browser
door-rest = über REST
door-terminal = im Terminal
door-source = durch die Quelle
effect-renames = Umbenennung von { $from } in { $to }
effect-carries = Übernehmen den neuen Namen: { $what }
carries-preferences =
    { $count ->
        [one] { $count } Einstellung
       *[other] { $count } Einstellungen
    }
carries-further-customers =
    { $count ->
        [one] { $count } Zuordnung zu weiteren Kunden
       *[other] { $count } Zuordnungen zu weiteren Kunden
    }
carries-permissions =
    { $count ->
        [one] { $count } Gruppenberechtigung
       *[other] { $count } Gruppenberechtigungen
    }
carries-services =
    { $count ->
        [one] { $count } Service
       *[other] { $count } Services
    }
carries-tickets =
    { $count ->
        [one] { $count } Ticket
       *[other] { $count } Tickets
    }
carries-dynamic-fields = Werte dynamischer Felder
carries-saved-searches =
    { $count ->
        [one] { $count } gespeicherte Suche
       *[other] { $count } gespeicherte Suchen
    }
carries-people =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
carries-people-of =
    { $count ->
        [one] { $count } Person der Tabelle { $table }
       *[other] { $count } Personen der Tabelle { $table }
    }
effect-leaves-behind =
    { $count ->
        [one] Eine Person der schreibgeschützten Quelle { $source } behält die alte Kundennummer, die dann kein Kunde mehr hat
       *[other] { $count } Personen der schreibgeschützten Quelle { $source } behalten die alte Kundennummer, die dann kein Kunde mehr hat
    }
effect-sets-password = Neues Passwort
effect-generates-password = Neues Passwort, erzeugt
effect-ends-sessions =
    { $count ->
        [one] Eine Sitzung endet
       *[other] { $count } Sitzungen enden
    }
effect-moves = Aus der Quelle { $from } nach { $to }
effect-removes-row = Die Zeile in { $source } wird zugleich entfernt
effect-removes-row-afterwards = Die Zeile in { $source } wird entfernt, sobald der Datensatz in der anderen Quelle gespeichert ist
effect-overwrites = Was { $source } bisher unter diesem Benutzernamen hatte, wird überschrieben
effect-no-place = { $source } hat keinen Platz für: { $fields }
effect-loses-columns = Spalten von { $source }, zu denen es kein Feld gibt, gehen mit der Zeile verloren: { $columns }
effect-carries-password = Das Passwort wird mitgenommen
effect-loses-password = Das Passwort lässt sich nicht mitnehmen: Vor der nächsten Anmeldung muss ein neues gesetzt werden
effect-has-no-password = Es gibt kein Passwort, das mitgenommen werden könnte: Vor der nächsten Anmeldung muss eines gesetzt werden
effect-shadows = { $source } hat diesen Benutzernamen ebenfalls und wird nicht danach gefragt
effect-speaks-later = { $source } bestimmt weiter über diesen Benutzernamen, solange er dort steht; der neue Datensatz wartet bis dahin
effect-changes-validity = Gültigkeit: { $from } → { $to }
effect-changes-role = Rolle: { $from } → { $to }
effect-renames-below = Darunter: { $from } → { $to }
action-revoke = widerrufen
action-relate = Zuordnungen geändert
kind-settings = Einstellungen
kind-settings-access = Zugriffseinstellungen
undo-title = Änderung zurücknehmen
undo-link = Zurücknehmen
undo-what = Was geändert wurde
undo-together =
    { $count ->
        [one] Als eine Änderung gespeichert.
       *[other] Als Teil einer größeren Änderung gespeichert ({ $count } Personen oder Kunden). Sie wird als Ganzes zurückgenommen.
    }
undo-refused = So lässt sich das nicht zurücknehmen:
undo-nothing = Es gibt nichts zurückzunehmen: Es ist schon so wie vorher.
undo-plan = Was beim Zurücknehmen geschieht
undo-do = Jetzt zurücknehmen
flash-undone = Zurückgenommen. Im Journal steht ein neuer Eintrag dafür.
relation-customer-given = { $login }: weiterer Kunde { $customer } zugeordnet
relation-customer-taken = { $login }: weiterer Kunde { $customer } entfernt
relation-permission-given = { $permission } in Gruppe { $group } vergeben
relation-permission-taken = { $permission } in Gruppe { $group } entzogen
relation-service-given = Service { $service } vergeben
relation-service-taken = Service { $service } entzogen
action-log-in-failed = Anmeldung fehlgeschlagen
action-lock = nach zu vielen Versuchen gesperrt
action-unlock = entsperrt
log-in-reason-wrong-password = falsches Passwort
log-in-reason-no-password = kein Passwort gesetzt
log-in-reason-invalid-agent = ungültig
log-in-reason-no-role = keine Rolle
log-in-reason-unknown-login = unbekannter Benutzername
journal-nobody = unbekannt
action-let-through = Änderungen übernommen
action-keep = letzten bekannten Stand behalten
action-hold-back = zurückgehalten, was der Benutzername hatte
action-give-back = zurückgegeben, was der Benutzername hatte
action-remove-held = entfernt, was zurückgehalten war
