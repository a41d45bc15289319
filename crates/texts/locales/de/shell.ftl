# Der Rahmen um alle Seiten.
skip-to-content = Zum Inhalt springen
nav-main = Hauptnavigation
nav-own = Hilfe und Konto
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
about-customer-users = Die Personen, die Sie betreuen: anlegen, finden, bearbeiten
about-customers = Die Firmen und Organisationen, zu denen sie gehören
about-groups = Gruppen, in denen Berechtigungen vergeben werden
about-services = Was Kundenbenutzer anfordern können, als Baum
about-agents = Kolleginnen und Kollegen, die hier arbeiten, und ihre Rollen
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
help = Hilfe
language = Sprache
theme = Farbschema
theme-auto = Wie das System
theme-light = Hell
theme-dark = Dunkel
log-out = Abmelden
breadcrumb = Navigationspfad
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
kind-source = Quelle
home-held =
    { $count ->
        [one] In einer Quelle fehlen plötzlich so viele Einträge, dass die Änderungen auf Ihre Entscheidung warten. Bis dahin gilt der letzte bekannte Stand.
       *[other] In { $count } Quellen fehlen plötzlich so viele Einträge, dass die Änderungen auf Ihre Entscheidung warten. Bis dahin gilt der letzte bekannte Stand.
    }
home-held-see = Ansehen und entscheiden
sources-held-title = Angehaltene Quellen
sources-held-none = Keine Quelle ist angehalten
sources-held-none-text = Hat eine Quelle plötzlich viel weniger Personen als zuvor oder viel weniger gültige, wird niemand entfernt: Zuerst wird hier gefragt.
sources-held-text = Diese Quelle hat plötzlich viel weniger Einträge als zuvor oder viel weniger gültige. Diese Änderungen warten: Suchen und Berechtigungen richten sich nach dem letzten bekannten Stand.
sources-held-since = Seit
sources-held-known = Bekannt
sources-held-there = Jetzt vorhanden
sources-held-gone = Verschwunden
sources-held-invalid = Inzwischen ungültig
sources-held-kept = Entscheidung: beim letzten bekannten Stand bleiben ({ $who }, { $when }).
sources-held-release = Änderungen übernehmen
sources-held-keep = Beim bekannten Stand bleiben
sources-held-hint = Sobald die Quelle wieder fast so viele Einträge hat wie zuvor, endet dies von selbst. Werden die Änderungen übernommen, gelten die verschwundenen Einträge als vermisst; was an sie vergeben wurde, bleibt erhalten, bis sie wieder da sind.
sources-held-ask-admin = Ob die Änderungen übernommen werden, entscheidet ein Administrator.
sources-missing = Vermisst in { $name }: { $count }
sources-missing-first =
    { $count ->
        [one] Der letzte Eintrag wird gezeigt.
       *[other] Die letzten { $count } werden gezeigt.
    }
flash-source-released = Die Änderungen werden übernommen, überall innerhalb von Sekunden.
flash-source-kept = Es bleibt beim letzten bekannten Stand.
home-held-back =
    { $count ->
        [one] Ein Benutzername gehört einer anderen Person als zuvor. Was er hatte, wird zurückgehalten, bis Sie sagen, wem es gehört.
       *[other] { $count } Benutzernamen gehören anderen Personen als zuvor. Was sie hatten, wird zurückgehalten, bis Sie sagen, wem es gehört.
    }
held-back-text = Die Quelle ordnet diesen Benutzernamen jemand anderem zu als zuvor: Ein Konto wurde gelöscht und ein neues unter seinem Namen angelegt. Was der Benutzername hatte, gilt nirgends, bis ein Administrator sagt, wem es gehört.
held-back-before = Identität zuvor
held-back-now = Identität jetzt
held-back-given = Was er hatte
held-back-group = Gruppe { $name }
held-back-customer = Kunde { $name }
held-back-service = Service { $name }
held-back-others =
    { $count ->
        [one] Eine Einstellung oder andere Zeile
       *[other] { $count } Einstellungen und andere Zeilen
    }
held-back-same = Dieselbe Person: zurückgeben
held-back-another = Eine andere Person: entfernen
held-back-hint = Wird das Konto wiederhergestellt, kommt alles von selbst zurück. Was entfernt wird, steht im Journal.
held-back-ask-admin = Wem es gehört, sagt ein Administrator.
flash-held-back-given = Was der Benutzername hatte, wurde zurückgegeben.
flash-held-back-removed = Was der Benutzername hatte, wurde entfernt.
tabs = Seiten zu diesem Eintrag
tab-overview = Übersicht
tab-customers = Kunden
tab-people = Personen
tab-services = Services
tab-permissions = Berechtigungen
tab-who = Wer Zugriff hat
tab-past = An einem früheren Tag
tab-history = Verlauf
nav-group-relations = Zuordnungen
nav-relations-customers = Kundenbenutzer ↔ Kunden
nav-relations-groups = Kundenbenutzer ↔ Gruppen
nav-relations-services = Kundenbenutzer ↔ Services
about-relations-customers = Wessen Tickets jede Person sehen darf
about-relations-services = Welche Services jede Person anfordern kann
home-steps = Erste Schritte
home-steps-help = Was Kunden, Kundenbenutzer, Gruppen und Services sind, steht in der
home-step-done = Erledigt
home-step-customer = Den ersten Kunden anlegen: ein Unternehmen oder eine Organisation
home-step-person = Den ersten Kundenbenutzer anlegen: eine Person eines Kunden
home-step-agent = Jemanden aus dem Team als Agenten anlegen
home-step-groups = Berechtigungen nach Gruppen einschalten
home-step-sources = Personen aus einer anderen Datenbank oder einem Verzeichnis lesen
home-waiting = Zu erledigen
home-review-open = Fortsetzen
home-job-open = Ansehen
home-changes = Letzte Änderungen
home-opened-none = Hier steht, was Sie zuletzt geöffnet haben.
home-counts = Bestand
copy-text = { $text } kopieren
