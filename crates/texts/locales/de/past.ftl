past-title = Zugriff an einem bestimmten Tag
past-text = Was diese Person am Ende eines Tages in jeder Gruppe hatte, laut Journal.
past-day = Tag
past-until = Vergleichen mit
past-until-hint = Leeres Feld = heute.
past-show = Zeigen
past-then = Am Ende des { $day }
past-unknown = Diese Person war an diesem Tag nicht bekannt.
past-invalid = Die Person war an diesem Tag ungültig und hatte keine Berechtigungen.
past-nothing = Keine Berechtigungen in irgendeiner Gruppe.
past-why = Warum
past-why-direct = direkt vergeben
past-why-customer = über den Kunden { $customer }
past-why-always = Standardgruppe der Kundenbenutzer
past-why-company = Standardgruppe der Kunden, über { $customer }
past-why-off = Berechtigungen nach Gruppen waren ausgeschaltet
past-since = Was sich seitdem geändert hat
past-same = Nichts: Die Berechtigungen sind dieselben.
past-gained = erhielt { $permission } in Gruppe { $group }
past-lost = verlor { $permission } in Gruppe { $group }
past-link = Zugriff an einem bestimmten Tag
past-customer-text = Was dieser Kunde am Ende eines Tages in jeder Gruppe hatte, laut Journal.
past-customer-unknown = Dieser Kunde war an diesem Tag nicht bekannt.
past-customer-invalid = Der Kunde war an diesem Tag ungültig und hatte keine Berechtigungen.
past-group-text = Wer am Ende eines Tages eine Berechtigung in dieser Gruppe hatte, laut Journal. Wer inzwischen ungültig ist, steht am Ende.
past-group-unknown = Diese Gruppe gab es an diesem Tag noch nicht.
past-group-invalid = Die Gruppe war an diesem Tag ungültig, also hatte niemand eine Berechtigung in ihr.
past-group-name = An diesem Tag hieß die Gruppe { $name }.
past-customers =
    { $count ->
        [one] Ein Kunde
       *[other] { $count } Kunden
    }
past-change = Änderung
past-change-gained = erhalten
past-change-lost = verloren
past-gained-count =
    { $count ->
        [one] Einmal erhalten
       *[other] { $count }-mal erhalten
    }
past-lost-count =
    { $count ->
        [one] einmal verloren
       *[other] { $count }-mal verloren
    }
