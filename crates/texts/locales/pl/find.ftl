# Wyszukiwanie wszystkiego i to, co ostatnio otwarto.
find-title = Wyszukiwanie
find-label = Szukaj osób, klientów, grup, usług, stron…
find-nothing = Brak wyników
find-nothing-text = Wpisz mniej liter lub inną pisownię: wielkość liter i znaki diakrytyczne nie mają znaczenia.
find-too-long = Tekst jest za długi: można szukać najwyżej 200 znaków.
find-opened = Ostatnio otwarte
find-pages = Strony
find-all =
    { $count ->
        [one] Pokaż jeden wynik
        [few] Pokaż wszystkie { $count } wyniki
       *[other] Pokaż wszystkie wyniki: { $count }
    }
find-all-more =
    { $count ->
        [one] Pokaż więcej niż jeden wynik
        [few] Pokaż wszystkie, ponad { $count }
       *[other] Pokaż wszystkie, ponad { $count }
    }
