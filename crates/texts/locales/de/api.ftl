# What is wrong with a request to the programming interface; problem+json carries these texts.
api-wrong-type = muss vom Typ { $expected } sein
api-unknown-field = ist hier unbekannt
api-given-twice = wurde mehrfach angegeben
api-not-a-choice = erlaubt sind: { $of }
api-out-of-range = muss eine ganze Zahl von { $from } bis { $to } sein
api-too-many-items = hat mehr als { $count } Einträge
api-not-a-time = muss eine Zeit wie 2030-01-31T12:00:00Z sein
api-not-a-cursor = ist kein Cursor dieser Liste
api-either-or = entweder dies oder { $other } angeben
api-key-used = wurde für eine andere Anfrage benutzt

# The page that describes the programming interface.
api-docs-title = Programmierschnittstelle
api-docs-document = OpenAPI-Dokument
api-docs-scope = Scope
api-docs-parameters = Parameter
api-docs-body = Inhalt
api-docs-answers = Antworten
api-docs-example = Beispiel
api-docs-schemas = Dokumente
api-docs-name = Name
api-docs-type = Typ
api-docs-meaning = Bedeutung
api-docs-required = Pflicht
api-docs-open = ohne Token
