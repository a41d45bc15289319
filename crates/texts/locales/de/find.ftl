# Alles finden, und was zuletzt geöffnet war.
find-title = Suche
find-label = Personen, Kunden, Gruppen, Services, Seiten suchen …
find-nothing = Nichts gefunden
find-nothing-text = Versuchen Sie es mit weniger Buchstaben oder einer anderen Schreibweise: Groß- und Kleinschreibung und Akzente spielen keine Rolle.
find-too-long = Der Text ist zu lang: höchstens 200 Zeichen.
find-opened = Zuletzt geöffnet
find-pages = Seiten
find-all =
    { $count ->
        [one] Den einen Treffer anzeigen
       *[other] Alle { $count } Treffer anzeigen
    }
find-all-more =
    { $count ->
        [one] Mehr als einen Treffer anzeigen
       *[other] Alle anzeigen, mehr als { $count }
    }
