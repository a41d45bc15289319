# Seiten der Gruppen.
groups-title = Gruppen
groups-add = Gruppe hinzufügen
groups-search-label = Gruppen suchen
groups-empty-title = Es gibt noch keine Gruppen
groups-empty-text = Berechtigungen werden in Gruppen vergeben: wer darin Tickets lesen, schreiben oder anlegen darf. Fügen Sie die erste hinzu.
groups-count =
    { $count ->
        [one] { $count } Gruppe
       *[other] { $count } Gruppen
    }
