# Der Rahmen um alle Seiten.
skip-to-content = Zum Inhalt springen
nav-main = Hauptnavigation
nav-own = Hilfe und Konto
search-people-everywhere = Personen suchen
search-list = In der Liste suchen
nav-menu = Menü
nav-group-people = Benutzer, Gruppen und Rollen
nav-group-system = System
nav-customer-users = Kundenbenutzer
nav-customers = Kunden
nav-groups = Gruppen
nav-services = Services
nav-agents = Agenten
nav-journal = Journal
nav-tokens = Token
nav-account = Mein Konto
about-customer-users = Die Menschen, die Sie betreuen: anlegen, finden, bearbeiten
about-customers = Die Firmen und Organisationen, zu denen sie gehören
about-groups = Worauf Rechte vergeben werden: anlegen, umbenennen, ungültig setzen
about-services = Worum Kundenbenutzer bitten können, als Baum
about-agents = Kolleginnen und Kollegen, die hier arbeiten, und ihre Rechte
about-journal = Jede Änderung: wann, wer, was vorher war
about-tokens = Zugang für Programme, die die REST-Schnittstelle nutzen
about-account = Ihre Sitzungen, Ihr Passwort, Sprache und Tastenkürzel
home-title = Startseite
home-valid =
    { $count ->
        [one] { $count } gültig
       *[other] { $count } gültig
    }
home-invalid =
    { $count ->
        [one] { $count } ungültig
       *[other] { $count } ungültig
    }
search = Suchen
search-people = Personen suchen …
help = Hilfe
language = Sprache
theme = Farbschema
theme-auto = Wie das System
theme-light = Hell
theme-dark = Dunkel
log-out = Abmelden
breadcrumb = Brotkrumen
today = heute
yesterday = gestern
never = nie
save = Speichern
save-and-finish = Speichern und schließen
cancel = Abbrechen
filter = Filtern
actions = Aktionen
copy = Kopieren
copied = Kopiert
fields-required = Felder mit * sind Pflichtfelder
form-errors =
    { $count ->
        [one] Ein Feld muss korrigiert werden. Ihre Eingaben sind erhalten geblieben.
       *[other] { $count } Felder müssen korrigiert werden. Ihre Eingaben sind erhalten geblieben.
    }
role-reader = Leser
role-editor = Bearbeiter
role-admin = Administrator
role-none = kein Zugang
validity-valid = gültig
validity-invalid = ungültig
validity-invalid-temporarily = vorübergehend ungültig
validity-things-valid = gültig
validity-things-invalid = ungültig
validity-things-invalid-temporarily = vorübergehend ungültig
kind-customer-user = Kundenbenutzer
kind-customer = Kunde
kind-agent = Agent
kind-group = Gruppe
kind-service = Service
kind-token = Token
kind-log-in = Anmeldung
kind-relation = Zuordnungen
