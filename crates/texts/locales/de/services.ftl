# Seiten der Services.
services-title = Services
services-add = Service hinzufügen
services-search-label = Services suchen
services-empty-title = Es gibt noch keine Services
services-empty-text = Ein Service ist etwas, das Kundenbenutzer anfordern können. Services bilden einen Baum: Beginnen Sie mit der obersten Ebene.
services-count =
    { $count ->
        [one] { $count } Service
       *[other] { $count } Services
    }
services-top = – oberste Ebene –
services-below-title = Untergeordnete Services
services-add-below = Untergeordneten Service hinzufügen
services-nothing-below = Keine untergeordneten Services.
