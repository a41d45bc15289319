# Seiten der Berechtigungen auf Gruppen.
nav-permissions = Berechtigungen
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
permissions-column-why = Woher
permissions-permission = Berechtigung
permissions-filter-groups = Gruppen filtern
permissions-search-people = Personen suchen, die etwas bekommen sollen
permissions-search-customers = Kunden suchen, die etwas bekommen sollen
permissions-shown-given = Zu sehen sind alle, denen hier ausdrücklich etwas gegeben ist. Suchen Sie, um andere hinzuzufügen.
permissions-found =
    { $count ->
        [one] { $count } gefunden
       *[other] { $count } gefunden
    }
permissions-found-more = mehr als { $count } gefunden
permissions-empty-title = Hier ist noch nichts gegeben
permissions-empty-text = Suchen Sie oben nach denen, die etwas bekommen sollen.
permissions-empty-search = Prüfen Sie die Schreibweise oder suchen Sie nach einem kürzeren Teil. Gefunden werden nur Gültige.
permissions-toggle-column = Ganze Spalte an- oder abwählen
permissions-toggle-row = ganze Zeile
permissions-toggle-row-of = { $name }: ganze Zeile an- oder abwählen
permissions-changes = Zu speichernde Änderungen:
permissions-changes-unseen = hier nicht zu sehen: { $count }
permissions-discard = Verwerfen
permissions-keys = Pfeiltasten: Zelle · Leertaste: anwählen · Umschalt+Leertaste: ganze Zeile · Strg+Leertaste: ganze Spalte · Pos1, Ende: Enden der Zeile · Eingabe: zu den Links in der Zelle, Esc: zurück · Strg+Eingabe: speichern
permissions-legend = Was es bedeutet
permissions-mark-given = gegeben
permissions-mark-given-about = Hier angewählt.
permissions-mark-held = ohnehin vorhanden
permissions-mark-held-about = Über einen Kunden oder als Teil von rw; muss nicht angewählt werden.
permissions-mark-always-about = Diese Gruppe haben alle. Das wird in den Zugriffseinstellungen geändert, nicht hier.
permissions-mistakes =
    { $count ->
        [one] Nichts wurde gespeichert: { $count } Fehler. Alle Haken sind noch da.
       *[other] Nichts wurde gespeichert: { $count } Fehler. Alle Haken sind noch da.
    }
permissions-change = { $who }: { $permission } in Gruppe { $group }
permissions-effect-gained =
    { $count ->
        [one] { $count } Person { $customers } bekommt: { $permission }, Gruppe { $group }
       *[other] { $count } Personen { $customers } bekommen: { $permission }, Gruppe { $group }
    }
permissions-effect-lost =
    { $count ->
        [one] { $count } Person { $customers } verliert: { $permission }, Gruppe { $group }
       *[other] { $count } Personen { $customers } verlieren: { $permission }, Gruppe { $group }
    }
permissions-of-customers =
    { $count ->
        [one] von { $count } Kunden
       *[other] von { $count } Kunden
    }
permissions-no-effects = Niemand gewinnt oder verliert dadurch eine Berechtigung: sie besteht oder fehlt unabhängig davon.
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
permissions-off-title = Berechtigungen auf Gruppen sind ausgeschaltet.
permissions-off-text = Alle gültigen Kundenbenutzer haben alle Berechtigungen in allen gültigen Gruppen; es gibt also nichts anzuwählen.
permissions-off-settings = Zugriffseinstellungen
permissions-off-meanwhile = Nichts wurde gespeichert: Berechtigungen auf Gruppen wurden inzwischen ausgeschaltet. Diese Änderungen waren angewählt:
permissions-locked-reader = Sie können Berechtigungen ansehen, aber nicht ändern.
permissions-locked-group = Sie haben nicht das Recht, in dieser Gruppe Berechtigungen zu geben.
permissions-person-invalid = Dieser Kundenbenutzer ist ungültig und hat deshalb keine Berechtigung. Die Haken zählen wieder, sobald er gültig ist.
permissions-customer-invalid = Dieser Kunde ist ungültig und gibt deshalb niemandem eine Berechtigung. Die Haken zählen wieder, sobald er gültig ist.
permissions-group-invalid = ungültig
permissions-group-unknown = unbekannt
permissions-row-unknown = unbekannt
permissions-row-invalid = ungültig
permissions-note-group-invalid = Diese Gruppe ist ungültig und gibt niemandem eine Berechtigung. Haken können nur entfernt werden.
permissions-note-always-group-people = Diese Gruppe haben alle Kundenbenutzer, mit allen Berechtigungen.
permissions-note-always-group-customers = Diese Gruppe haben alle Kunden für eigene Tickets, mit allen Berechtigungen.
permissions-note-left-out =
    { $count ->
        [one] { $count } weiterer Eintrag nennt jemanden, der unbekannt oder ungültig ist, und wird nicht gezeigt.
       *[other] { $count } weitere Einträge nennen jemanden, der unbekannt oder ungültig ist, und werden nicht gezeigt.
    }
permissions-why-direct = direkt gegeben
permissions-why-customer = dem Kunden gegeben
permissions-why-via = über Kunde
permissions-why-always = Gruppe aller Kundenbenutzer
permissions-why-company-always = Gruppe aller Kunden
permissions-why-off = Berechtigungen auf Gruppen sind aus
permissions-belonging-primary = Hauptkunde
permissions-belonging-mapped = im Datensatz genannt
permissions-belonging-further = weiterer Kunde
permissions-card-title = Wirksame Berechtigungen
permissions-card-change = Berechtigungen ändern
permissions-card-look = Berechtigungen ansehen
permissions-card-draft = Das gilt, sobald das Formular so gespeichert ist, wie es jetzt ist.
permissions-card-none = Keine Berechtigung in irgendeiner Gruppe.
permissions-reach-title = Kunden, deren Tickets erreicht werden
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
permissions-who-nobody-text = Nichts gibt diese Berechtigung in dieser Gruppe.
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
permissions-explain-has = { $name } hat: { $permission }, Gruppe { $group }
permissions-explain-lacks = { $name } hat nicht: { $permission }, Gruppe { $group }
permissions-explain-obstacles = Was im Weg steht
permissions-explain-ways = Jedes davon würde sie geben
permissions-explain-and = und
permissions-obstacle-unknown-person = Keine Quelle kennt den Kundenbenutzer.
permissions-obstacle-invalid-person = Der Kundenbenutzer ist ungültig.
permissions-obstacle-invalid-group = Die Gruppe ist ungültig.
permissions-obstacle-not-given = Nichts gibt sie: weder dem Kundenbenutzer noch seinen Kunden noch allen.
permissions-obstacle-invalid-customer = Kunde { $customer } hat sie, ist aber ungültig.
permissions-obstacle-unknown-customer = Kunde { $customer } hat sie, aber keine Quelle kennt ihn.
permissions-obstacle-other-context = Kunde { $customer } hat sie nur für Tickets anderer Kunden.
permissions-obstacle-has-only = Was da ist, enthält sie nicht: { $permissions }
permissions-remedy-validate-person = den Kundenbenutzer gültig machen
permissions-remedy-validate-group = die Gruppe gültig machen
permissions-remedy-give-person = sie dem Kundenbenutzer direkt geben
permissions-remedy-validate-customer = Kunde { $customer } gültig machen
permissions-remedy-give-customer = sie Kunde { $customer } geben, und damit allen dort
permissions-remedy-always-group = die Gruppe zu denen nehmen, die alle haben
permissions-start-search = Kundenbenutzer, Kunden, Gruppen suchen
permissions-start-people = Kundenbenutzer
permissions-start-people-text = Suchen Sie jemanden, um die Berechtigungen in allen Gruppen zu sehen und zu ändern.
permissions-start-customers = Kunden
permissions-start-customers-text = Suchen Sie einen Kunden: seine Berechtigungen haben alle seine Benutzer.
permissions-start-groups = Gruppen
permissions-start-more =
    { $count ->
        [one] und { $count } weiterer: suchen Sie genauer
       *[other] und { $count } weitere: suchen Sie genauer
    }
flash-permissions-saved =
    { $count ->
        [one] Eine Änderung wurde gespeichert.
       *[other] { $count } Änderungen wurden gespeichert.
    }
flash-permissions-unchanged = Es musste nichts geändert werden.
permissions-held-back = Was diesem Login gegeben wurde, wird seit { $since } zurückgehalten: Die Datenquelle sagt, dass er jetzt einer anderen Person gehört.
