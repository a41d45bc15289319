ties-customers-of-title = Kunden einer Person
ties-customers-of-text = Wählen Sie die Kunden, an deren Tickets diese Person neben ihren eigenen teilnimmt.
ties-customers-of-search = Kunden suchen
ties-customers-of-ticked = Kunden
ties-customers-of-none = Noch keine Kunden.
ties-customers-of-found = Gefunden
ties-people-of-title = Personen eines Kunden
ties-people-of-text = Wählen Sie Personen anderer Kunden, die auch zu diesem Kunden gehören.
ties-people-of-search = Personen suchen
ties-people-of-ticked = Weitere Personen
ties-people-of-none = Niemand gehört zusätzlich zu diesem Kunden.
ties-people-of-found = Gefunden
ties-services-of-title = Services einer Person
ties-services-of-text = Wählen Sie die Services, die diese Person anfragen darf. Ohne eigene gelten die Standard-Services.
ties-services-of-search = Services filtern
ties-services-of-ticked = Services
ties-services-of-none = Keine eigenen Services, daher gelten die Standard-Services.
ties-services-of-found = Services zur Auswahl
ties-people-with-title = Personen mit einem Service
ties-people-with-text = Wählen Sie die Personen, die diesen Service selbst anfragen dürfen.
ties-people-with-search = Personen suchen
ties-people-with-ticked = Personen
ties-people-with-none = Niemand hat diesen Service selbst.
ties-people-with-found = Gefunden
ties-default-services-title = Standard-Services
ties-default-services-text = Wählen Sie die Services für alle, die keine eigenen haben.
ties-default-services-search = Services filtern
ties-default-services-ticked = Standard-Services
ties-default-services-none = Es gibt keine Standard-Services.
ties-default-services-found = Services zur Auswahl
ties-primary = eigener Kunde
ties-mapped = im Datensatz der Person
ties-unknown = unbekannt
ties-invalid = nicht gültig
ties-service-unknown = unbekannt
ties-service-invalid = ungültig
ties-open-short = Öffnen
ties-open = { $name } öffnen
ties-own-invalid = Das ist ungültig: Hier kann etwas entzogen, aber nichts gegeben werden.
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
        [one] Eine gültige Person gehört durch ihren Datensatz zu diesem Kunden.
       *[other] { $count } gültige Personen gehören durch ihre Datensätze zu diesem Kunden.
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
        [one] Eine Person bekommt { $permission } in { $group }
       *[other] { $count } Personen bekommen { $permission } in { $group }
    }
effect-permission-lost =
    { $count ->
        [one] Eine Person verliert { $permission } in { $group }
       *[other] { $count } Personen verlieren { $permission } in { $group }
    }
effect-people = { $what }: { $people }
effect-people-and-more =
    { $count ->
        [one] { $what }: { $people } und eine weitere Person
       *[other] { $what }: { $people } und { $count } weitere
    }
effect-service-gained =
    { $count ->
        [one] Eine Person bekommt den Service { $service }
       *[other] { $count } Personen bekommen den Service { $service }
    }
effect-service-lost =
    { $count ->
        [one] Eine Person verliert den Service { $service }
       *[other] { $count } Personen verlieren den Service { $service }
    }
effect-default-service-gained = Alle ohne eigene Services bekommen { $service }
effect-default-service-lost = Alle ohne eigene Services verlieren { $service }
ties-link-customers = Kunden ändern
ties-link-people = Weitere Personen ändern
ties-link-services = Services ändern
ties-link-with = Personen ändern
ties-look-customers = Kunden ansehen
ties-look-people = Weitere Personen ansehen
ties-look-services = Services ansehen
ties-look-with = Personen ansehen
