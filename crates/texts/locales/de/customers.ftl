# Pages of customers.
customers-title = Kunden
customers-add = Kunden hinzufügen
customers-search-label = Kunden suchen
customers-column-name = Name
customers-column-key = Kundennummer
customers-column-city = Ort
customers-empty-title = Es gibt noch keine Kunden
customers-empty-text = Ein Kunde ist eine Firma oder Einrichtung, deren Mitarbeitende Sie betreuen. Fügen Sie den ersten hinzu, danach seine Kundenbenutzer.
customers-people-title = Kundenbenutzer dieses Kunden
customers-people =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
customers-people-more = mehr als { $count } Personen
customers-no-people = Dieser Kunde hat noch keine Kundenbenutzer.
