# Preferences of customer users, and what agents choose for their pages.
preferences = Preferences
preferences-edit = Change preferences
preference-language = Language
preference-time-zone = Time zone
preference-skin = Look
preference-skin-hint = Name of a skin of the customers' pages; empty for the default.
preference-shown-tickets = Tickets per page
preference-refresh-time = Refresh lists
preference-usual = default: { $value }
preference-help-desk = default
preference-refresh-off = off
preference-refresh-minutes =
    { $count ->
        [one] every minute
       *[other] every { $count } minutes
    }
records-locked-but-preferences = Only preferences can be changed here.
agent-field-kartotekatheme = Theme
agent-field-kartotekakeys = Single keys
chosen-auto = as the system
chosen-light = light
chosen-dark = dark
chosen-on = on
chosen-off = off
# Languages, by their codes.
language-pl = Polish
language-en = English
language-de = German
language-bg = Bulgarian
language-ca = Catalan
language-cs = Czech
language-da = Danish
language-el = Greek
language-es = Spanish
language-et = Estonian
language-fi = Finnish
language-fr = French
language-gl = Galician
language-hr = Croatian
language-hu = Hungarian
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-lt = Lithuanian
language-lv = Latvian
language-nb-no = Norwegian
language-nl = Dutch
language-pt = Portuguese
language-pt-br = Portuguese (Brazil)
language-ro = Romanian
language-ru = Russian
language-sk-sk = Slovak
language-sl = Slovenian
language-sv = Swedish
language-tr = Turkish
language-uk = Ukrainian
language-zh-cn = Chinese (simplified)
language-zh-tw = Chinese (traditional)
