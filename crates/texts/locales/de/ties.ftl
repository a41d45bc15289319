ties-customers-of-title = Kunden einer Person
ties-customers-of-text = Wählen Sie die Kunden, auf deren Tickets diese Person neben denen ihres Hauptkunden Zugriff hat.
ties-customers-of-search = Kunden suchen
ties-customers-of-ticked = Kunden
ties-customers-of-none = Noch keine Kunden.
ties-customers-of-found = Gefunden
ties-people-of-title = Personen mit Zuordnung zum Kunden
ties-people-of-text = Wählen Sie Personen anderer Kunden, die auch zu diesem Kunden gehören.
ties-people-of-search = Personen suchen
ties-people-of-ticked = Weitere Personen
ties-people-of-none = Niemand gehört zusätzlich zu diesem Kunden.
ties-people-of-found = Gefunden
ties-services-of-title = Services einer Person
ties-services-of-text = Wählen Sie die Services, die diese Person anfordern kann. Hat sie keine eigenen, gelten die Standard-Services.
ties-services-of-search = Services filtern
ties-services-of-ticked = Services
ties-services-of-none = Keine eigenen Services, daher gelten die Standard-Services.
ties-services-of-found = Weitere Services
ties-people-with-title = Personen mit einem Service
ties-people-with-text = Wählen Sie die Personen, die diesen Service als eigenen haben.
ties-people-with-search = Personen suchen
ties-people-with-ticked = Personen
ties-people-with-none = Niemand hat diesen Service als eigenen.
ties-people-with-found = Gefunden
ties-default-services-title = Standard-Services
ties-default-services-text = Wählen Sie die Services für alle, die keine eigenen haben.
ties-default-services-search = Services filtern
ties-default-services-ticked = Standard-Services
ties-default-services-none = Es gibt keine Standard-Services.
ties-default-services-found = Weitere Services
ties-primary = Hauptkunde
ties-mapped = im Datensatz der Person
ties-unknown = unbekannt
ties-invalid = ungültig
ties-service-unknown = unbekannt
ties-service-invalid = ungültig
ties-open-short = Öffnen
ties-open = { $name } öffnen
ties-own-invalid = Der Datensatz ist ungültig: Hier kann etwas entzogen, aber nichts vergeben werden.
ties-malformed = Diese Suche ist nicht lesbar. Setzen Sie Wörter mit Sonderzeichen in Anführungszeichen.
ties-nothing-found = Nichts gefunden.
ties-all-ticked = Alles Gefundene ist oben schon ausgewählt.
ties-more-found = Es gibt mehr: Grenzen Sie die Suche ein.
ties-refused = Nichts wurde gespeichert:
ties-kept =
    { $count ->
        [one] Eine Änderung ist nicht zu sehen und bleibt erhalten.
       *[other] { $count } Änderungen sind nicht zu sehen und bleiben erhalten.
    }
ties-primary-people =
    { $count ->
        [one] Für eine gültige Person ist dies der Hauptkunde.
       *[other] Für { $count } gültige Personen ist dies der Hauptkunde.
    }
flash-ties-saved = Gespeichert: { $count } geändert.
effect-customer-gained =
    { $count ->
        [one] Eine Person gehört dann zu { $customer }
       *[other] { $count } Personen gehören dann zu { $customer }
    }
effect-customer-lost =
    { $count ->
        [one] Eine Person gehört dadurch nicht mehr zu { $customer }
       *[other] { $count } Personen gehören dadurch nicht mehr zu { $customer }
    }
effect-permission-gained =
    { $count ->
        [one] Eine Person erhält { $permission } in Gruppe { $group }
       *[other] { $count } Personen erhalten { $permission } in Gruppe { $group }
    }
effect-permission-lost =
    { $count ->
        [one] Eine Person verliert { $permission } in Gruppe { $group }
       *[other] { $count } Personen verlieren { $permission } in Gruppe { $group }
    }
effect-people = { $what }: { $people }
effect-people-and-more =
    { $count ->
        [one] { $what }: { $people } und eine weitere Person
       *[other] { $what }: { $people } und { $count } weitere
    }
effect-service-gained =
    { $count ->
        [one] Eine Person erhält den Service { $service }
       *[other] { $count } Personen erhalten den Service { $service }
    }
effect-service-lost =
    { $count ->
        [one] Eine Person verliert den Service { $service }
       *[other] { $count } Personen verlieren den Service { $service }
    }
effect-default-service-gained = Alle ohne eigene Services erhalten { $service }
effect-default-service-lost = Alle ohne eigene Services verlieren { $service }
ties-link-customers = Kunden ändern
ties-link-people = Weitere Personen ändern
ties-link-services = Services ändern
ties-link-with = Personen ändern
ties-look-customers = Kunden ansehen
ties-look-people = Weitere Personen ansehen
ties-look-services = Services ansehen
ties-look-with = Personen ansehen
relations-customers-lead = Neben dem eigenen Kunden kann eine Person die Tickets weiterer Kunden sehen. Wählen Sie eine Person oder einen Kunden.
relations-customers-search = Person oder Kunden suchen
relations-customers-people = Kunden einer Person
relations-customers-others = Personen eines Kunden
relations-services-lead = Eine Person kann die Services anfordern, die ihr zugeordnet sind; ohne eigene gelten die Standardservices. Wählen Sie eine Person oder einen Service.
relations-services-search = Person oder Service suchen
relations-services-people = Services einer Person
relations-services-others = Personen eines Services
