# Preferences of customer users, and what agents choose for their pages.
preferences = Einstellungen
preferences-edit = Einstellungen ändern
preference-language = Sprache
preference-time-zone = Zeitzone
preference-skin = Aussehen
preference-skin-hint = Name einer Skin der Kundenseiten; leer für die übliche.
preference-shown-tickets = Tickets je Seite
preference-refresh-time = Listen aktualisieren
preference-usual = Standard: { $value }
preference-help-desk = Standard
preference-refresh-off = aus
preference-refresh-minutes =
    { $count ->
        [one] jede Minute
       *[other] alle { $count } Minuten
    }
records-locked-but-preferences = Nur Einstellungen lassen sich hier ändern.
agent-field-kartotekatheme = Farbschema
agent-field-kartotekakeys = Tastenkürzel
chosen-auto = wie das System
chosen-light = hell
chosen-dark = dunkel
chosen-on = an
chosen-off = aus
# Languages, by their codes.
language-pl = Polnisch
language-en = Englisch
language-de = Deutsch
language-bg = Bulgarisch
language-ca = Katalanisch
language-cs = Tschechisch
language-da = Dänisch
language-el = Griechisch
language-es = Spanisch
language-et = Estnisch
language-fi = Finnisch
language-fr = Französisch
language-gl = Galicisch
language-hr = Kroatisch
language-hu = Ungarisch
language-it = Italienisch
language-ja = Japanisch
language-ko = Koreanisch
language-lt = Litauisch
language-lv = Lettisch
language-nb-no = Norwegisch
language-nl = Niederländisch
language-pt = Portugiesisch
language-pt-br = Portugiesisch (Brasilien)
language-ro = Rumänisch
language-ru = Russisch
language-sk-sk = Slowakisch
language-sl = Slowenisch
language-sv = Schwedisch
language-tr = Türkisch
language-uk = Ukrainisch
language-zh-cn = Chinesisch (vereinfacht)
language-zh-tw = Chinesisch (traditionell)
