# What the pages of customer users and customers have in common.
records-data = Daten
records-field = Feld
records-edit = Bearbeiten
records-save = Speichern
records-save-finish = Speichern und schließen
records-preview = Änderungen prüfen
records-cancel = Abbrechen
records-continue = Weiter
records-back-to-list = Zur Liste
records-add-another = Weitere Person hinzufügen
records-required-note = Felder mit * sind erforderlich
records-no-value = leer
records-becomes = wird zu
records-source = Quelle
records-sources = Quellen
records-version = Version
records-history = Verlauf
records-history-empty = In Kartoteka wurde noch nichts geändert.
records-detail-search = Detailsuche
records-detail-search-by = Nach Feldern suchen
records-detail-search-hint = * steht für beliebigen Text
records-detail-search-clear = Zurücksetzen
records-search-help = Suche
records-search-help-and = beide Wörter
records-search-help-phrase = genau so
records-search-help-or = eines davon
records-search-help-not = ohne
records-search-help-any = beliebiger Text dazwischen
records-search-help-fold = Groß- und Kleinschreibung und Akzente spielen keine Rolle
records-syntax-title = Diese Suche ist nicht lesbar.
records-syntax-at = Der Fehler steht bei Zeichen { $count }.
records-filter-validity = Gültigkeit
records-filter-valid = gültig
records-filter-invalid = nicht gültig
records-filter-all = alle
records-filter-customer = Kunde
records-filter-customer-drop = Kundenfilter entfernen
records-column-source = Quelle
records-column-validity = Gültigkeit
records-sort-hint = Die Spaltenköpfe ordnen die Liste.
records-source-down = nicht erreichbar seit { $since }
records-source-read-only = schreibgeschützt
records-index-building =
    { $count ->
        [one] Der Suchindex wird aufgebaut: { $count } Datensatz ist fertig. Bis dahin kann die Liste unvollständig sein.
       *[other] Der Suchindex wird aufgebaut: { $count } Datensätze sind fertig. Bis dahin kann die Liste unvollständig sein.
    }
records-count = { $first }–{ $last } von { $total }
records-count-more = { $first }–{ $last } von mehr als { $total }
records-count-limit = die ersten { $limit } Treffer in der Liste
records-pages = Seiten
records-page = Seite { $page }
records-per-page = Pro Seite
records-previous-page = Vorherige Seite
records-next-page = Nächste Seite
records-to-first-page = Zur ersten Seite
records-empty-match-title = Keine Treffer
records-empty-match-text = Prüfen Sie die Schreibweise, suchen Sie nach einem kürzeren Wortteil oder entfernen Sie Filter.
records-empty-match-all = Auch nicht gültige durchsuchen
records-empty-match-reset = Ganze Liste zeigen
records-empty-source-title = Nicht alle Quellen antworten
records-empty-source-text = In den übrigen passt nichts. Es sind keine Daten verloren; versuchen Sie es gleich noch einmal.
records-empty-beyond-title = So lang ist die Liste nicht
records-choose-source = Zu welcher Quelle hinzufügen?
records-no-writable-source = Hier kann nichts hinzugefügt werden: Alle Quellen sind schreibgeschützt. Geändert wird dort, woher die Daten kommen.
records-locked-source = Die Quelle „{ $source }“ ist schreibgeschützt. Geändert wird dort, woher die Daten kommen.
records-locked-field = Das Feld ist in der Konfiguration als schreibgeschützt markiert.
records-mistakes =
    { $count ->
        [one] Nicht gespeichert: { $count } Fehler
       *[other] Nicht gespeichert: { $count } Fehler
    }
records-preview-title = Was beim Speichern geschieht
records-preview-unsaved = noch nicht gespeichert
records-preview-nothing = Es ändert sich nichts.
records-password = Passwort
records-password-title = Passwort setzen
records-password-new = Neues Passwort
records-password-again = Das Passwort wird nicht zurückgeschickt: Geben Sie es noch einmal ein.
records-set-password = Passwort setzen
records-form-password-generated = Leer lassen: Ein Passwort wird erzeugt und einmal angezeigt.
records-form-password-unchanged = Ein leeres Feld lässt das Passwort unverändert.
records-shown-once-title = Neues Passwort
records-shown-once-created = { $name } wurde hinzugefügt. Dies ist das erzeugte Passwort.
records-shown-once-set = Das Passwort von { $name } wurde gesetzt.
records-shown-once-note = Das Passwort ist nur jetzt zu sehen: Es wird nirgends lesbar gespeichert. Geben Sie es auf sicherem Weg weiter.
records-copy = Kopieren
records-copied = Kopiert
records-conflict-title = Jemand hat vorher gespeichert
records-conflict-text = Der Datensatz hat sich geändert, seit das Formular geöffnet wurde.
records-conflict-who = Zuletzt gespeichert von { $who }, { $when }.
records-conflict-kept = Nichts wurde überschrieben, und Ihre Eingaben stehen unten. Wählen Sie, was bleiben soll.
records-conflict-caption = Unterschiede zwischen den Fassungen
records-conflict-mine = Ihre Fassung
records-conflict-stored = Jetzt gespeichert
records-conflict-was = war
records-conflict-same = Beide Fassungen sind gleich.
records-conflict-save = Auswahl speichern
records-conflict-discard = Meine Änderungen verwerfen
effect-renames = Der Schlüssel wird von „{ $from }“ zu „{ $to }“; was darauf verweist, zieht mit.
effect-carries =
    { $rows ->
        [one] { $table }: { $rows } Eintrag folgt dem neuen Schlüssel
       *[other] { $table }: { $rows } Einträge folgen dem neuen Schlüssel
    }
effect-sets-password = Das Passwort wird gesetzt
effect-sets-password-generated = Ein Passwort wird erzeugt und einmal angezeigt
effect-ends-sessions =
    { $count ->
        [one] { $count } Sitzung endet
       *[other] { $count } Sitzungen enden
    }
effect-changes-validity = Gültigkeit: { $from } → { $to }
effect-changes-role = Rolle: { $from } → { $to }
effect-table-customer-user = Kundenbenutzer
effect-table-customer-preferences = Einstellungen
effect-table-group-customer-user = Berechtigungen von Personen
effect-table-group-customer = Berechtigungen von Kunden
effect-table-customer-user-customer = Weitere Kunden
effect-table-service-customer-user = Services
effect-table-ticket = Tickets
history-create = angelegt
history-update = geändert
history-rename = umbenannt
history-set-password = Passwort gesetzt
history-import = importiert
history-relate = Beziehung geändert
history-set-preference = Einstellung geändert
history-delete-preference = Einstellung entfernt
history-door-page = auf einer Seite
history-door-rest = über REST
history-door-terminal = im Terminal
flash-record-added = Hinzugefügt: { $name }
flash-record-saved = Gespeichert: { $name }
flash-record-unchanged = Keine Änderung: { $name }
flash-record-password-set = Passwort gesetzt: { $name }
