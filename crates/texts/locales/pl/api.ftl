# What is wrong with a request to the programming interface; problem+json carries these texts.
api-wrong-type = wymagany typ: { $expected }
api-unknown-field = ta nazwa nie jest tu znana
api-given-twice = podano więcej niż raz
api-not-a-choice = dozwolone wartości: { $of }
api-out-of-range = wymagana liczba całkowita od { $from } do { $to }
api-too-many-items = ma więcej niż { $count } pozycji
api-not-a-time = wymagany czas w postaci 2030-01-31T12:00:00Z
api-not-a-cursor = to nie jest kursor tej listy
api-either-or = podaj albo to, albo { $other }
api-key-used = użyto już w innym żądaniu

# The page that describes the programming interface.
api-docs-title = Interfejs programistyczny
api-docs-document = Dokument OpenAPI
api-docs-scope = Zakres
api-docs-parameters = Parametry
api-docs-body = Treść
api-docs-answers = Odpowiedzi
api-docs-example = Przykład
api-docs-schemas = Dokumenty
api-docs-name = Nazwa
api-docs-type = Typ
api-docs-meaning = Znaczenie
api-docs-required = wymagane
api-docs-open = token nie jest potrzebny
