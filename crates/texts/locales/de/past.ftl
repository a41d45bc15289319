past-title = Zugriff an einem früheren Tag
past-text = Was diese Person am Ende eines Tages in jeder Gruppe hatte, aus dem Journal wiederhergestellt.
past-day = Tag
past-until = Vergleichen mit
past-until-hint = Leer: mit jetzt.
past-show = Zeigen
past-then = Am Ende des { $day }
past-unknown = Diese Person war an diesem Tag nicht bekannt.
past-invalid = Die Person war an diesem Tag nicht gültig und hatte nichts.
past-nothing = Keine Berechtigungen in irgendeiner Gruppe.
past-why = Warum
past-why-direct = der Person gegeben
past-why-customer = durch den Kunden { $customer }
past-why-always = alle hatten die Gruppe
past-why-company = jeder Kunde hatte die Gruppe, durch { $customer }
past-why-off = Berechtigungen nach Gruppen waren aus
past-since = Was sich seitdem geändert hat
past-same = Nichts: Die Berechtigungen sind dieselben.
past-gained = bekam { $permission } in { $group }
past-lost = verlor { $permission } in { $group }
past-link = Zugriff an einem früheren Tag
past-customer-text = Was dieser Kunde am Ende eines Tages in jeder Gruppe hatte, aus dem Journal wiederhergestellt.
past-customer-unknown = Dieser Kunde war an diesem Tag nicht bekannt.
past-customer-invalid = Der Kunde war an diesem Tag nicht gültig und hatte nichts.
past-group-text = Wer am Ende eines Tages eine Berechtigung in dieser Gruppe hatte, aus dem Journal wiederhergestellt. Wer nicht mehr gültig ist, steht am Ende.
past-group-unknown = Diese Gruppe gab es an diesem Tag noch nicht.
past-group-invalid = Die Gruppe war an diesem Tag nicht gültig, also hatte niemand etwas in ihr.
past-group-name = An diesem Tag hieß die Gruppe { $name }.
past-customers =
    { $count ->
        [one] Ein Kunde
       *[other] { $count } Kunden
    }
past-change = Änderung
past-change-gained = bekommen
past-change-lost = verloren
past-gained-count =
    { $count ->
        [one] Einmal bekommen
       *[other] { $count }-mal bekommen
    }
past-lost-count =
    { $count ->
        [one] einmal verloren
       *[other] { $count }-mal verloren
    }
