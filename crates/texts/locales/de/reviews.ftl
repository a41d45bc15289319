nav-reviews = Zugriffsprüfungen
about-reviews = Vergebene Berechtigungen prüfen und bestätigen
reviews-title = Zugriffsprüfungen
reviews-text = In einer Prüfung wird alles, was in einer Gruppe oder für einen Kunden vergeben wurde, einzeln bestätigt oder entzogen. Das abgezeichnete Ergebnis bleibt erhalten.
reviews-none = Noch keine Prüfungen
reviews-none-text = Eine Prüfung zeigt, wer was in einer Gruppe hat oder was ein Kunde hat. Bis sie abgezeichnet ist, ändert sich nichts.
reviews-none-so = Keine Prüfungen in diesem Zustand
reviews-show-all-states = Alle anzeigen
reviews-begin = Prüfung beginnen
reviews-link = Zugriffsprüfung beginnen
reviews-of-group = Gruppe { $name }
reviews-of-customer = Kunde { $name }
reviews-item = Posten { $number }
reviews-items = Was geprüft wird
reviews-state = Zustand
reviews-state-all = Alle
reviews-state-open = offen
reviews-state-signed-off = abgezeichnet
reviews-state-cancelled = abgebrochen
reviews-column-of = Gegenstand
reviews-column-progress = Fortschritt
reviews-column-begun = Begonnen
reviews-column-ended = Beendet
reviews-column-who = Wer
reviews-column-what = Berechtigung
reviews-column-decision = Entscheidung
reviews-column-comment = Kommentar
reviews-column-outcome = Ergebnis
reviews-progress = { $decided } von { $items } entschieden
reviews-came-to = { $kept } bleiben, { $revoked } entzogen
reviews-choose-title = Was soll geprüft werden?
reviews-choose-text = Wählen Sie eine Gruppe, oder suchen Sie einen Kunden.
reviews-choose-search = Gruppe oder Kunde
reviews-choose-groups = Gruppen
reviews-choose-no-groups = Es gibt keine Gruppe, in der Sie Berechtigungen vergeben dürfen.
reviews-choose-customers = Kunden
reviews-choose-customers-text = Suchen Sie oben nach einem Kunden.
reviews-begin-title = Zugriffsprüfung beginnen
reviews-begin-now = Prüfung beginnen
reviews-begin-grants =
    { $count ->
        [0] Hier ist nichts vergeben, was zu prüfen wäre.
        [one] Ein Posten wird geprüft.
       *[other] { $count } Posten werden geprüft.
    }
reviews-not-begun = Die Prüfung kann nicht beginnen.
reviews-open-already = Das wird bereits geprüft.
reviews-open-go = Zu dieser Prüfung
reviews-note = Notiz
reviews-note-hint = Wozu die Prüfung dient. Die Notiz bleibt beim Ergebnis.
reviews-end-note = Notiz zum Ergebnis
reviews-beside-off = Berechtigungen nach Gruppen sind ausgeschaltet: Alle haben alles, gleich was hier entschieden wird.
reviews-beside-always = Die Gruppe { $group } haben ohnehin alle Kundenbenutzer. Das ändern Sie in den Zugriffseinstellungen.
reviews-beside-company = Die Gruppe { $group } haben ohnehin alle Kunden. Das ändern Sie in den Zugriffseinstellungen.
reviews-beside-invalid-group = Die Gruppe { $group } ist ungültig. Was in ihr vergeben ist, gilt derzeit nicht.
reviews-beside-invalid-customer = Der Kunde ist ungültig. Was an ihn vergeben ist, gilt derzeit nicht.
reviews-begun-by = Begonnen: { $when }, { $who }
reviews-signed-by = Abgezeichnet: { $when }, { $who }
reviews-cancelled-by = Abgebrochen: { $when }, { $who }
reviews-subject-group = Zur Gruppe
reviews-subject-customer = Zum Kunden
reviews-was = zuvor { $key }
reviews-to-revoke =
    { $count ->
        [one] einer zu entziehen
       *[other] { $count } zu entziehen
    }
reviews-gone =
    { $count ->
        [one] Einen Posten hat inzwischen jemand anders entzogen. Er braucht keine Entscheidung.
       *[other] { $count } Posten hat inzwischen jemand anders entzogen. Sie brauchen keine Entscheidung.
    }
reviews-added =
    { $count ->
        [one] Seit Beginn der Prüfung ist ein Posten hinzugekommen
       *[other] Seit Beginn der Prüfung sind { $count } Posten hinzugekommen
    }
reviews-added-unreviewed =
    { $count ->
        [one] Seit Beginn der Prüfung ist ein Posten hinzugekommen, der nicht in ihr ist. Er bleibt ungeprüft.
       *[other] Seit Beginn der Prüfung sind { $count } Posten hinzugekommen, die nicht in ihr sind. Sie bleiben ungeprüft.
    }
reviews-take-in = In die Prüfung aufnehmen
reviews-show = Anzeigen
reviews-show-undecided = Offen
reviews-show-revoke = Zu entziehen
reviews-show-confirm = Bestätigt
reviews-show-all = Alle
reviews-search = Name, Schlüssel, Gruppe oder Berechtigung
reviews-nothing-here = Hier ist nichts
reviews-nothing-here-text = Kein Posten hat diese Entscheidung.
reviews-no-items = Als die Prüfung begann, war nichts vergeben. Sie kann abgezeichnet werden.
reviews-all-decided = Alles ist entschieden. Die Prüfung kann abgezeichnet werden.
reviews-shown =
    { $count ->
        [one] Ein Posten
       *[other] { $count } Posten
    }
reviews-choice-undecided = offen
reviews-choice-confirm = bestätigen
reviews-choice-revoke = entziehen
reviews-decided-undecided = offen
reviews-decided-confirm = bestätigt
reviews-decided-revoke = zu entziehen
reviews-outcome-all = Alle
reviews-outcome-kept = Bleibt
reviews-outcome-revoked = Entzogen
reviews-outcome-gone = Vorher entzogen
reviews-unreviewed = Später hinzugekommen, nicht geprüft
reviews-comment-on = Kommentar zu { $name }
reviews-needs-other = Darüber muss jemand anders entscheiden.
reviews-earlier =
    { $count ->
        [one] Eine frühere Entscheidung
       *[other] { $count } frühere Entscheidungen
    }
reviews-what = { $permission } in Gruppe { $group }
reviews-what-further = weiterer Kunde { $customer }
reviews-people =
    { $count ->
        [0] betrifft niemanden
        [one] betrifft eine Person
       *[other] betrifft { $count } Personen
    }
reviews-no-longer-given = schon entzogen
reviews-unknown = unbekannt
reviews-invalid = ungültig
reviews-also = Auch { $permission }: { $why }
reviews-also-direct = durch eine andere Vergabe
reviews-also-customer = über den Kunden { $customer }
reviews-also-always = Standardgruppe der Kundenbenutzer
reviews-also-company = Standardgruppe der Kunden
reviews-also-off = Berechtigungen nach Gruppen sind ausgeschaltet
reviews-also-record = Gehört auch nach dem eigenen Datensatz zum Kunden
reviews-save = Entscheidungen speichern
reviews-save-next = Speichern und nächste Seite
reviews-page-confirm = Alle auf dieser Seite bestätigen
reviews-page-revoke = Alle auf dieser Seite entziehen
reviews-all-title =
    { $count ->
        [one] Der gefundene Posten
       *[other] Alle { $count } gefundenen Posten
    }
reviews-all-text = Gilt für alles, was Auswahl und Suche oben ergeben, auch auf anderen Seiten. Worüber jemand anders entscheiden muss, bleibt unberührt.
reviews-all-confirm =
    { $count ->
        [one] Einen bestätigen
       *[other] Alle { $count } bestätigen
    }
reviews-all-revoke =
    { $count ->
        [one] Einen entziehen
       *[other] Alle { $count } entziehen
    }
reviews-mistakes =
    { $count ->
        [one] Nichts wurde gespeichert: ein Fehler. Alles Eingegebene ist noch da.
       *[other] Nichts wurde gespeichert: { $count } Fehler. Alles Eingegebene ist noch da.
    }
reviews-sign-off = Abzeichnen und schließen …
reviews-sign-off-title = Abzeichnen
reviews-sign-off-text = Alles, was zu entziehen ist, wird auf einmal entzogen und die Prüfung geschlossen. Danach ändert sich nichts mehr an ihr; das Entziehen lässt sich im Journal zurücknehmen.
reviews-sign-off-now =
    { $count ->
        [0] Abzeichnen, nichts wird entzogen
        [one] Abzeichnen und einen entziehen
       *[other] Abzeichnen und { $count } entziehen
    }
reviews-not-signed = So kann die Prüfung nicht abgezeichnet werden. Alle Entscheidungen bleiben erhalten.
reviews-preview = Was entzogen wird
reviews-preview-nothing = Nichts: Alles bleibt, wie es ist.
reviews-back = Zurück zur Prüfung
reviews-cancel = Prüfung abbrechen
reviews-cancel-title = Prüfung abbrechen
reviews-cancel-text = Die Prüfung wird geschlossen und bleibt erhalten, wie sie ist. Nichts wird entzogen.
reviews-cancel-now = Prüfung abbrechen
reviews-export-csv = Als CSV exportieren
reviews-export-json = Als JSON exportieren
reviews-digest = SHA-256 des Ergebnisses, auch im Journal:
reviews-take-back = Entziehen zurücknehmen
flash-review-begun =
    { $count ->
        [one] Die Prüfung hat begonnen, mit einem Posten.
       *[other] Die Prüfung hat begonnen, mit { $count } Posten.
    }
flash-review-decided =
    { $count ->
        [0] Es gab nichts zu speichern.
        [one] Eine Entscheidung gespeichert.
       *[other] { $count } Entscheidungen gespeichert.
    }
flash-review-decided-some =
    { $count ->
        [one] Eine Entscheidung gespeichert; { $detail } bleiben für jemand anders.
       *[other] { $count } Entscheidungen gespeichert; { $detail } bleiben für jemand anders.
    }
flash-review-overruled =
    { $count ->
        [one] Gespeichert. { $name } hatte über einen davon inzwischen anders entschieden; beide Entscheidungen bleiben erhalten, Ihre zählt.
       *[other] Gespeichert. { $name } hatte über { $count } davon inzwischen anders entschieden; alle Entscheidungen bleiben erhalten, Ihre zählen.
    }
flash-review-taken-in =
    { $count ->
        [0] Es gab nichts aufzunehmen.
        [one] Ein Posten wurde aufgenommen.
       *[other] { $count } Posten wurden aufgenommen.
    }
flash-review-refused = Nicht ausgeführt: { $detail }
flash-review-closed = Nichts wurde gespeichert: Die Prüfung ist inzwischen geschlossen.
flash-review-signed =
    { $count ->
        [0] Abgezeichnet. Nichts wurde entzogen.
        [one] Abgezeichnet. Ein Posten wurde entzogen.
       *[other] Abgezeichnet. { $count } Posten wurden entzogen.
    }
flash-review-cancelled = Die Prüfung ist abgebrochen. Nichts wurde entzogen.
problem-review-closed = Die Prüfung ist geschlossen: Sie wurde abgezeichnet oder abgebrochen.
problem-review-open = Das wird bereits geprüft: Prüfung { $number }.
problem-too-many-grants =
    { $count ->
        [one] Es gibt mehr als einen Posten: zu viel für eine Prüfung.
       *[other] Es gibt mehr als { $count } Posten: zu viel für eine Prüfung.
    }
problem-undecided =
    { $count ->
        [one] Ein Posten ist noch nicht entschieden.
       *[other] { $count } Posten sind noch nicht entschieden.
    }
problem-review-changed = Inzwischen wurde etwas entschieden, vergeben oder entzogen. Sehen Sie noch einmal nach.
journal-fault-review = Eintrag { $entry } hat eine Prüfung abgezeichnet, die später geändert wurde.
kind-review = Zugriffsprüfung
action-start-review = begonnen
action-take-into-review = Posten aufgenommen
action-sign-off-review = abgezeichnet
action-cancel-review = abgebrochen
review-field-items = Posten
review-field-note = Notiz
review-field-confirmed = Bestätigt
review-field-revoked = Entzogen
review-field-gone = Vorher entzogen
review-field-unreviewed = Nicht geprüft
review-field-digest = SHA-256
review-field-name = Gruppe
review-field-customerid = Kunde
reviews-effect-lost =
    { $count ->
        [one] Eine Person verliert { $permission } in Gruppe { $group }
       *[other] { $count } Personen verlieren { $permission } in Gruppe { $group }
    }
reviews-more =
    { $count ->
        [one] und noch eine
       *[other] und { $count } weitere
    }
