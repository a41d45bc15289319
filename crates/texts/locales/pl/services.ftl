# Strony usług.
services-title = Usługi
services-add = Dodaj usługę
services-search-label = Szukaj usług
services-empty-title = Nie ma jeszcze usług
services-empty-text = Usługa to coś, o co mogą prosić użytkownicy klientów. Usługi tworzą drzewo: dodaj pierwszą na jego szczycie.
services-count =
    { $count ->
        [one] { $count } usługa
        [few] { $count } usługi
       *[other] { $count } usług
    }
services-top = – najwyższy poziom –
services-below-title = Usługi podrzędne
services-add-below = Dodaj podrzędną
services-nothing-below = Pod tą usługą nie ma innych.
