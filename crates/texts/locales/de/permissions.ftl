# Seiten der Berechtigungen auf Gruppen.
about-permissions = Wer in welcher Gruppe lesen, erstellen und bearbeiten darf, und warum
permissions-title = Berechtigungen
permissions-person-title = Berechtigungen eines Kundenbenutzers
permissions-customer-title = Berechtigungen eines Kunden
permissions-group-people-title = Kundenbenutzer in einer Gruppe
permissions-group-customers-title = Kunden in einer Gruppe
permissions-name-ro = Lesen (ro)
permissions-name-rw = Bearbeiten (rw)
permissions-name-create = Erstellen (create)
permissions-name-note = Notiz (note)
permissions-name-move-into = Verschieben in (move_into)
permissions-name-owner = Besitzer (owner)
permissions-name-priority = Priorität (priority)
permissions-about-ro = Sieht die Tickets der Gruppe.
permissions-about-rw = Alles: sieht Tickets, schreibt darin und erstellt neue. Enthält alle anderen Berechtigungen.
permissions-about-create = Erstellt Tickets in den Queues der Gruppe.
permissions-about-note = Fügt Tickets Notizen hinzu.
permissions-about-move-into = Verschiebt Tickets in die Queues der Gruppe.
permissions-about-owner = Ändert den Besitzer von Tickets.
permissions-about-priority = Ändert die Priorität von Tickets.
permissions-context-same = Tickets des eigenen Kunden
permissions-context-other = Tickets anderer Kunden
permissions-yes = ja
permissions-no = nein
permissions-held = schon auf anderem Weg vorhanden
permissions-always = immer
permissions-direction = Richtung
permissions-direction-person = Person → Gruppen
permissions-direction-customer = Kunde → Gruppen
permissions-direction-other-person = Gruppe → Personen
permissions-direction-other-customer = Gruppe → Kunden
permissions-direction-group-people = Gruppe → Personen
permissions-direction-group-customers = Gruppe → Kunden
permissions-back = Zurück
permissions-column-group = Gruppe
permissions-column-person = Kundenbenutzer
permissions-column-customer = Kunde
permissions-column-who = Wer
permissions-column-why = Herkunft
permissions-permission = Berechtigung
permissions-filter-groups = Gruppen filtern
permissions-search-people = Personen suchen, um ihnen Berechtigungen zu geben
permissions-search-customers = Kunden suchen, um ihnen Berechtigungen zu geben
permissions-shown-given = Die Liste zeigt alle, an die hier direkt etwas vergeben wurde. Suchen Sie, um andere hinzuzufügen.
permissions-found =
    { $count ->
        [one] { $count } gefunden
       *[other] { $count } gefunden
    }
permissions-found-more = mehr als { $count } gefunden
permissions-empty-title = Hier ist noch nichts vergeben
permissions-empty-text = Suchen Sie oben die Personen oder Kunden, die Berechtigungen erhalten sollen.
permissions-empty-search = Prüfen Sie die Schreibweise oder suchen Sie nach einem kürzeren Teil. Gefunden wird nur, was gültig ist.
permissions-toggle-column = Ganze Spalte an- oder abhaken
permissions-toggle-row = ganze Zeile
permissions-toggle-row-of = { $name }: ganze Zeile an- oder abhaken
permissions-changes = Zu speichernde Änderungen:
permissions-changes-unseen = hier nicht zu sehen: { $count }
permissions-discard = Verwerfen
permissions-keys = Pfeiltasten: Zelle · Leertaste: anhaken · Umschalt+Leertaste: ganze Zeile · Strg+Leertaste: ganze Spalte · Pos1, Ende: Enden der Zeile · Eingabe: zu den Links in der Zelle, Esc: zurück · Strg+Eingabe: speichern
permissions-legend = Legende
permissions-mark-given = vergeben
permissions-mark-given-about = Hier angehakt.
permissions-mark-held = ohnehin vorhanden
permissions-mark-held-about = Über einen Kunden oder als Teil von rw; muss nicht angehakt werden.
permissions-mark-always-about = Diese Gruppe haben alle. Das wird in den Zugriffseinstellungen geändert, nicht hier.
permissions-mistakes =
    { $count ->
        [one] Nichts wurde gespeichert: { $count } Fehler. Alle Haken sind noch da.
       *[other] Nichts wurde gespeichert: { $count } Fehler. Alle Haken sind noch da.
    }
permissions-change = { $who }: { $permission } in Gruppe { $group }
permissions-effect-gained =
    { $count ->
        [one] { $count } Person { $customers } erhält: { $permission } in Gruppe { $group }
       *[other] { $count } Personen { $customers } erhalten: { $permission } in Gruppe { $group }
    }
permissions-effect-lost =
    { $count ->
        [one] { $count } Person { $customers } verliert: { $permission } in Gruppe { $group }
       *[other] { $count } Personen { $customers } verlieren: { $permission } in Gruppe { $group }
    }
permissions-of-customers =
    { $count ->
        [one] von { $count } Kunden
       *[other] von { $count } Kunden
    }
permissions-no-effects = Niemand erhält oder verliert dadurch eine Berechtigung: Sie besteht oder fehlt unabhängig davon.
permissions-more-changes =
    { $count ->
        [one] und noch { $count } Änderung
       *[other] und noch { $count } Änderungen
    }
permissions-more-people =
    { $count ->
        [one] und noch { $count } Person
       *[other] und noch { $count } Personen
    }
permissions-off-title = Berechtigungen nach Gruppen sind ausgeschaltet.
permissions-off-text = Alle gültigen Kundenbenutzer haben alle Berechtigungen in allen gültigen Gruppen; es gibt also nichts anzuhaken.
permissions-off-settings = Zugriffseinstellungen
permissions-off-meanwhile = Nichts wurde gespeichert: Berechtigungen nach Gruppen wurden inzwischen ausgeschaltet. Diese Änderungen waren angehakt:
permissions-locked-reader = Sie können Berechtigungen ansehen, aber nicht ändern.
permissions-locked-group = Sie dürfen in dieser Gruppe keine Berechtigungen vergeben.
permissions-person-invalid = Dieser Kundenbenutzer ist ungültig und hat deshalb keine Berechtigung. Die Haken zählen wieder, sobald er gültig ist.
permissions-customer-invalid = Dieser Kunde ist ungültig und gibt deshalb niemandem eine Berechtigung. Die Haken zählen wieder, sobald er gültig ist.
permissions-group-invalid = ungültig
permissions-group-unknown = unbekannt
permissions-row-unknown = unbekannt
permissions-row-invalid = ungültig
permissions-note-group-invalid = Diese Gruppe ist ungültig und gibt niemandem eine Berechtigung. Haken können nur entfernt werden.
permissions-note-always-group-people = Diese Gruppe haben alle Kundenbenutzer, mit allen Berechtigungen.
permissions-note-always-group-customers = Diese Gruppe haben alle Kunden für Tickets des eigenen Kunden, mit allen Berechtigungen.
permissions-note-left-out =
    { $count ->
        [one] { $count } weiterer Eintrag nennt jemanden, der unbekannt oder ungültig ist, und wird nicht gezeigt.
       *[other] { $count } weitere Einträge nennen jemanden, der unbekannt oder ungültig ist, und werden nicht gezeigt.
    }
permissions-why-direct = direkt vergeben
permissions-why-customer = an den Kunden vergeben
permissions-why-via = über Kunde
permissions-why-always = Standardgruppe der Kundenbenutzer
permissions-why-company-always = Standardgruppe der Kunden
permissions-why-off = Berechtigungen nach Gruppen sind ausgeschaltet
permissions-belonging-primary = Hauptkunde
permissions-belonging-mapped = im Datensatz genannt
permissions-belonging-further = weiterer Kunde
permissions-card-title = Wirksame Berechtigungen
permissions-card-change = Berechtigungen ändern
permissions-card-look = Berechtigungen ansehen
permissions-card-draft = Das gilt, sobald das Formular so gespeichert ist.
permissions-card-none = Keine Berechtigung in irgendeiner Gruppe.
permissions-reach-title = Kunden, auf deren Tickets Zugriff besteht
permissions-reach-through = über Gruppe
permissions-reach-none = Keine.
permissions-reach-more = Alle zeigen
permissions-reach-first =
    { $count ->
        [one] Nur der erste Kunde wird gezeigt; es gibt weitere.
       *[other] Nur die ersten { $count } Kunden werden gezeigt; es gibt weitere.
    }
permissions-reach-disabled = Der Zugriff auf Tickets von Kunden ist ausgeschaltet: alle sehen nur ihre eigenen Tickets.
permissions-who-title = Wer Zugriff hat
permissions-who-of = Wessen Berechtigungen
permissions-who-people = Kundenbenutzer
permissions-who-customers = Kunden
permissions-who-all = Alle zeigen
permissions-who-many = Viele Kunden haben sie; die ersten stehen auf einer eigenen Seite.
permissions-who-nobody = Niemand
permissions-who-nobody-text = Niemand hat diese Berechtigung in dieser Gruppe.
permissions-who-count = Alle zählen
permissions-people =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
permissions-explain-title = Warum?
permissions-explain-link = Warum?
permissions-explain-row = Warum? { $name }
permissions-explain-ask = Erklären
permissions-explain-choose = Wählen Sie eine Gruppe und eine Berechtigung
permissions-explain-has = { $name } hat die Berechtigung { $permission } in Gruppe { $group }
permissions-explain-lacks = { $name } hat die Berechtigung { $permission } in Gruppe { $group } nicht
permissions-explain-obstacles = Was dem entgegensteht
permissions-explain-ways = So lässt sie sich vergeben (eines genügt)
permissions-explain-and = und
permissions-obstacle-unknown-person = Den Kundenbenutzer gibt es in keiner Quelle.
permissions-obstacle-invalid-person = Der Kundenbenutzer ist ungültig.
permissions-obstacle-invalid-group = Die Gruppe ist ungültig.
permissions-obstacle-not-given = Sie ist weder an den Kundenbenutzer noch an seine Kunden noch an alle vergeben.
permissions-obstacle-invalid-customer = Kunde { $customer } hat sie, ist aber ungültig.
permissions-obstacle-unknown-customer = Kunde { $customer } hat sie, ist aber in keiner Quelle.
permissions-obstacle-other-context = Kunde { $customer } hat sie nur für Tickets anderer Kunden.
permissions-obstacle-has-only = Vergeben ist nur: { $permissions }
permissions-remedy-validate-person = den Kundenbenutzer gültig setzen
permissions-remedy-validate-group = die Gruppe gültig setzen
permissions-remedy-give-person = sie direkt an den Kundenbenutzer vergeben
permissions-remedy-validate-customer = Kunde { $customer } gültig setzen
permissions-remedy-give-customer = sie an den Kunden { $customer } vergeben und damit an alle seine Kundenbenutzer
permissions-remedy-always-group = die Gruppe zu den Standardgruppen hinzufügen
permissions-start-search = Kundenbenutzer, Kunden, Gruppen suchen
permissions-start-people = Kundenbenutzer
permissions-start-people-text = Suchen Sie eine Person, um ihre Berechtigungen in allen Gruppen zu sehen und zu ändern.
permissions-start-customers = Kunden
permissions-start-customers-text = Suchen Sie einen Kunden: Seine Berechtigungen haben alle seine Kundenbenutzer.
permissions-start-groups = Gruppen
permissions-start-more =
    { $count ->
        [one] und { $count } weiterer: Grenzen Sie die Suche ein
       *[other] und { $count } weitere: Grenzen Sie die Suche ein
    }
flash-permissions-saved =
    { $count ->
        [one] Eine Änderung wurde gespeichert.
       *[other] { $count } Änderungen wurden gespeichert.
    }
flash-permissions-unchanged = Es musste nichts geändert werden.
permissions-held-back = Was an diesen Benutzernamen vergeben wurde, wird seit { $since } zurückgehalten: Laut Quelle gehört er jetzt einer anderen Person.
permissions-why-not = Warum hat diese Person nicht …
permissions-holding-all = Alle
