# Was Berechtigungen, Kunden und Services gemeinsam haben.
relations-give = vergeben:
relations-take = entziehen:
relations-moved = Noch ist nichts gespeichert: „{ $from }“ heißt inzwischen „{ $to }“. Die Auswahl steht unverändert unten; wenn sie noch passt, speichern Sie erneut.
relations-lost = Nichts wurde gespeichert: Den Eintrag „{ $key }“ gibt es nicht mehr. Unten steht alles, was ausgewählt war.
relations-lost-ticked = War ausgewählt
relations-first-page = Diese Stelle der Liste gibt es nicht mehr, deshalb beginnt sie von vorn.
relations-customer = { $login }: Kunde { $customer }
relations-service = { $login }: Service { $service }
