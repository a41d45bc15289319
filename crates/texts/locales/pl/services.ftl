# Strony usług.
services-title = Usługi
services-add = Dodaj usługę
services-search-label = Szukaj usług
services-empty-title = Nie ma jeszcze usług
services-empty-text = Usługa to coś, o co mogą prosić użytkownicy klientów. Usługi tworzą drzewo: zacznij od usługi najwyższego poziomu.
services-count =
    { $count ->
        [one] { $count } usługa
        [few] { $count } usługi
       *[other] { $count } usług
    }
services-top = – najwyższy poziom –
services-below-title = Usługi podrzędne
services-add-below = Dodaj usługę podrzędną
services-nothing-below = Brak usług podrzędnych.
