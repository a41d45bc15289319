nav-jobs = Massenänderungen
about-jobs = Kunden, Berechtigungen oder Services an viele Personen auf einmal vergeben oder ihnen entziehen
jobs-title = Massenänderungen
jobs-lead = Jeder Auftrag vergibt etwas an viele Personen auf einmal oder entzieht es ihnen, nennt das Ergebnis für jede und lässt sich zurücknehmen.
jobs-none-yet = Noch keine Massenänderungen
jobs-none-yet-text = Wählen Sie Personen in der Liste oder alle, die eine Suche findet, und dann, was sie erhalten oder verlieren.
jobs-new = Personen wählen
jobs-job = Auftrag { $number }
jobs-what = Was sich ändert
jobs-column-job = Auftrag
jobs-column-state = Stand
jobs-column-done = Erledigt
jobs-column-who = Gestartet von
jobs-column-when = Wann
jobs-column-person = Benutzername
jobs-column-why = Grund
jobs-column-entry = Journaleintrag
jobs-select-page = Alle auf dieser Seite wählen
jobs-select-person = { $login } wählen
jobs-selected = Auswahl
jobs-change-all =
    { $count ->
        [one] die eine gefundene Person
       *[other] alle { $count } gefundenen Personen
    }
jobs-choose-title = Vergeben und entziehen
jobs-nobody = Niemand ist gewählt. Wählen Sie mindestens eine Person oder alle gefundenen.
jobs-no-changes = Wählen Sie mindestens einen Kunden, eine Gruppe oder einen Service.
jobs-back-to-list = Zurück zur Liste
jobs-for-all =
    { $count ->
        [one] Für die eine gefundene Person.
       *[other] Für alle { $count } gefundenen Personen.
    }
jobs-for-some =
    { $count ->
        [one] Für eine Person
       *[other] Für { $count } Personen
    }
jobs-rows-customer = Weitere Kunden
jobs-rows-group = Berechtigungen in Gruppen
jobs-rows-service = Services
jobs-row-customer = Kundennummer
jobs-row-group = Gruppe
jobs-row-service = Service
jobs-way = Aktion
jobs-give = vergeben
jobs-take = entziehen
jobs-none = – nichts –
jobs-gone = gibt es nicht mehr
jobs-permission = Berechtigung
jobs-preview = Vorschau zeigen
jobs-more-rows = Mehr Zeilen
jobs-customer-given = Weiteren Kunden { $customer } zuordnen
jobs-customer-taken = Weiteren Kunden { $customer } entfernen
jobs-group-given = { $permission } in Gruppe { $group } vergeben
jobs-group-taken = { $permission } in Gruppe { $group } entziehen
jobs-service-given = Service { $service } vergeben
jobs-service-taken = Service { $service } entziehen
jobs-undoes = Nimmt Auftrag { $number } zurück
jobs-undone-by = Zurückgenommen durch Auftrag { $number }
jobs-whom-logins = gewählte Personen
jobs-whom-undo = alle, die jener Auftrag geändert hat
jobs-whom-search = alle, die „{ $text }“ findet
jobs-whom-everybody = alle
jobs-whom-filter = alle, die ein Filter findet
jobs-state-collecting = in Vorbereitung
jobs-state-previewing = in Vorbereitung
jobs-state-planned = nicht gestartet
jobs-state-running = läuft
jobs-state-stopping = hält an
jobs-state-stopped = angehalten
jobs-state-done = erledigt
jobs-state-failed = abgebrochen
jobs-state-discarded = verworfen
jobs-item-all = Alle
jobs-item-waiting = nicht erledigt
jobs-item-changed = geändert
jobs-item-already = schon so
jobs-item-refused = abgelehnt
jobs-problem-rights-gone = Angehalten: Wer diesen Auftrag gestartet hat, darf solche Änderungen nicht mehr vornehmen. Was bis dahin geändert wurde, bleibt.
jobs-problem-expired = Dieser Auftrag wurde nicht rechtzeitig gestartet und ist verfallen.
jobs-problem-internal = Der Auftrag brach ab. Was als geändert aufgeführt ist, ist gespeichert; die Ursache steht im Protokoll des Servers. Starten Sie für den Rest einen neuen Auftrag: Wer es schon hat, bleibt unverändert.
jobs-progress-collecting = Personen werden zusammengestellt
jobs-progress-previewing = Es wird ermittelt, was sich ändern würde
jobs-progress-running = Läuft
jobs-progress-stopping = Wird angehalten; begonnene Änderungen werden noch beendet
jobs-items-dropped = Die Einzelheiten zu jeder Person werden nicht mehr aufbewahrt, darum lässt sich der Auftrag nicht mehr als Ganzes zurücknehmen. Das Journal enthält weiterhin jede Änderung.
jobs-done-of = { $done } von { $total }
jobs-collected =
    { $count ->
        [one] Bisher eine Person
       *[other] Bisher { $count } Personen
    }
jobs-count-changed =
    { $count ->
        [one] eine geändert
       *[other] { $count } geändert
    }
jobs-count-already =
    { $count ->
        [one] eine hatte es schon
       *[other] { $count } hatten es schon
    }
jobs-count-refused =
    { $count ->
        [one] eine abgelehnt
       *[other] { $count } abgelehnt
    }
jobs-count-waiting =
    { $count ->
        [one] eine nicht erledigt
       *[other] { $count } nicht erledigt
    }
jobs-preview-title = Was sich ändern würde
jobs-preview-nobody = Es gibt niemanden zu ändern.
jobs-would-change =
    { $count ->
        [one] Person wird geändert
       *[other] Personen werden geändert
    }
jobs-would-already =
    { $count ->
        [one] hat es schon
       *[other] haben es schon
    }
jobs-would-refuse =
    { $count ->
        [one] wird abgelehnt
       *[other] werden abgelehnt
    }
jobs-reasons = Warum jemand abgelehnt wird oder etwas bleibt, wie es ist
jobs-effects = Wer was erhält und wer was verliert
jobs-people =
    { $count ->
        [one] Eine Person
       *[other] { $count } Personen
    }
jobs-start = Starten
jobs-discard = Verwerfen
jobs-not-yours = Nur wer diesen Auftrag geplant hat, kann ihn starten: Er läuft mit dessen Rechten.
jobs-stop = Anhalten
jobs-undo = Zurücknehmen …
jobs-result = Ergebnis
jobs-filter = Welche Personen
jobs-csv = Als CSV herunterladen
jobs-no-items = Niemand.
jobs-first = Zum Anfang
jobs-next = Mehr
flash-job-discarded = Verworfen. Nichts wurde geändert.
problem-changed-since = { $by } hat das seitdem geändert, daher bleibt es, wie es ist.
problem-no-longer-kept =
    { $count ->
        [one] Einzelheiten eines Auftrags werden einen Tag lang aufbewahrt: Er lässt sich nicht mehr zurücknehmen.
       *[other] Einzelheiten eines Auftrags werden { $count } Tage lang aufbewahrt: Er lässt sich nicht mehr zurücknehmen.
    }
problem-not-now = Nicht, solange der Auftrag läuft.
action-start = gestartet
action-stop = angehalten
kind-job = Auftrag
jobs-template = Vorlage
jobs-template-fill = Ausfüllen
jobs-template-new = Vorlage anlegen
jobs-template-edit = Vorlage bearbeiten
jobs-template-name = Name
jobs-template-by = Zuletzt gespeichert
jobs-template-delete = Vorlage löschen
jobs-templates-title = Vorlagen
jobs-templates-lead = Eine Vorlage ist eine benannte Reihe von Änderungen, etwa „Neu im Support“. Wählen Sie sie für einen Auftrag oder auf der Seite einer Person.
jobs-templates-none = Noch keine Vorlagen
jobs-templates-none-text = Speichern Sie unter einem Namen, was neue Personen üblicherweise erhalten, und geben Sie es ihnen in einem Schritt.
jobs-link-template = Vergeben oder entziehen …
flash-template-saved = Vorlage gespeichert: { $name }
flash-template-deleted = Vorlage gelöscht.
action-delete = gelöscht
kind-template = Vorlage
jobs-change-all-more = alle gefundenen Personen
select-none = Niemand ausgewählt
select-some = Ausgewählt: #
select-elsewhere = davon # nicht auf dieser Seite
select-clear = Abwählen
jobs-do-relations = Vergeben oder entziehen …
jobs-do-fields = Felder ändern …
jobs-do-deactivate = Deaktivieren …
jobs-fields-title = Felder ändern
jobs-fields-usual = Gültigkeit und Kunde
jobs-fields-validity = Gültigkeit
jobs-fields-customer = Hauptkunde
jobs-fields-same = unverändert
jobs-fields-set = Feld setzen
jobs-fields-field = Feld
jobs-fields-value = Neuer Wert
jobs-fields-empty = leer: das Feld wird geleert
jobs-fields-replace = In einem Feld ersetzen
jobs-fields-part = Was ersetzt wird, zum Beispiel @alt.de
jobs-fields-by = Wodurch
jobs-fields-none = Wählen Sie mindestens ein Feld, das geändert wird.
jobs-field-set = { $field }: { $value }
jobs-field-cleared = { $field }: geleert
jobs-field-replaced = { $field }: „{ $text }“ wird „{ $by }“
jobs-planned = Was sich ändert
problem-read-only-source = Die Quelle dieser Person kann nur gelesen werden: Ändern Sie sie dort, wo sie geführt wird.
