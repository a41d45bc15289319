# Preferences of customer users, and what agents choose for their pages.
preferences = Preferencje
preferences-edit = Zmień preferencje
preference-language = Język
preference-time-zone = Strefa czasowa
preference-skin = Wygląd
preference-skin-hint = Nazwa skórki stron dla klientów; puste pole to domyślna.
preference-shown-tickets = Zgłoszeń na stronie
preference-refresh-time = Odświeżanie listy
preference-usual = domyślnie: { $value }
preference-help-desk = domyślnie
preference-refresh-off = wyłączone
preference-refresh-minutes =
    { $count ->
        [one] co minutę
        [few] co { $count } minuty
       *[other] co { $count } minut
    }
records-locked-but-preferences = Można zmieniać tylko preferencje.
agent-field-kartotekatheme = Motyw
agent-field-kartotekakeys = Skróty klawiszowe
chosen-auto = jak w systemie
chosen-light = jasny
chosen-dark = ciemny
chosen-on = włączone
chosen-off = wyłączone
# Languages, by their codes.
language-pl = polski
language-en = angielski
language-de = niemiecki
language-bg = bułgarski
language-ca = kataloński
language-cs = czeski
language-da = duński
language-el = grecki
language-es = hiszpański
language-et = estoński
language-fi = fiński
language-fr = francuski
language-gl = galicyjski
language-hr = chorwacki
language-hu = węgierski
language-it = włoski
language-ja = japoński
language-ko = koreański
language-lt = litewski
language-lv = łotewski
language-nb-no = norweski
language-nl = niderlandzki
language-pt = portugalski
language-pt-br = portugalski (Brazylia)
language-ro = rumuński
language-ru = rosyjski
language-sk-sk = słowacki
language-sl = słoweński
language-sv = szwedzki
language-tr = turecki
language-uk = ukraiński
language-zh-cn = chiński (uproszczony)
language-zh-tw = chiński (tradycyjny)
