# Strony grup.
groups-title = Grupy
groups-add = Dodaj grupę
groups-search-label = Szukaj grup
groups-empty-title = Nie ma jeszcze grup
groups-empty-text = Uprawnienia nadaje się w grupach: kto może czytać, pisać i tworzyć w nich zgłoszenia. Dodaj pierwszą.
groups-count =
    { $count ->
        [one] { $count } grupa
        [few] { $count } grupy
       *[other] { $count } grup
    }
