# Seiten der Services.
services-title = Services
services-add = Service hinzufügen
services-search-label = Services suchen
services-empty-title = Es gibt noch keine Services
services-empty-text = Ein Service ist, worum Kundenbenutzer bitten können. Services bilden einen Baum: Fügen Sie den ersten an seiner Spitze hinzu.
services-count =
    { $count ->
        [one] { $count } Service
       *[other] { $count } Services
    }
services-top = – oberste Ebene –
services-below-title = Untergeordnete Services
services-add-below = Darunter hinzufügen
services-nothing-below = Unter diesem Service gibt es keine weiteren.
