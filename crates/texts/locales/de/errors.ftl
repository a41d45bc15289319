# Was abgelehnt wurde oder scheiterte, und Fehler in Feldern.
error-home = Zur Startseite
error-request-id = Anfragenummer:
error-400-title = Diese Anfrage ist nicht lesbar
error-400-text = Die Adresse oder das Formular enthält Zeichen, die kein gültiger Text sind. Es wurde nichts geändert. Gehen Sie zurück, entfernen Sie ungewöhnliche Zeichen und versuchen Sie es erneut.
error-404-title = Diese Seite gibt es nicht
error-404-text = Vielleicht enthält die Adresse einen Tippfehler, oder die Seite wurde verschoben. Suchen Sie, oder beginnen Sie auf der Startseite.
error-405-title = So lässt sich diese Adresse nicht verwenden
error-405-text = Die Seite gibt es, aber nicht für diese Art von Anfrage. Es wurde nichts geändert.
error-413-title = Das ist zu viel auf einmal
error-413-text = Ein Formular darf höchstens 1 MiB enthalten. Es wurde nichts geändert. Gehen Sie zurück und kürzen Sie Ihre Eingaben.
error-415-title = Diese Art von Daten wird nicht verstanden
error-415-text = Formulare werden als gewöhnliche Formulardaten gesendet. Es wurde nichts geändert.
error-421-title = Unbekannter Hostname
error-421-text = Dieser Server antwortet nicht unter dem Hostnamen in der Adresse.
error-timeout-title = Das hat zu lange gedauert
error-timeout-text = Die Anfrage wurde nach 30 Sekunden abgebrochen. Prüfen Sie, ob Ihre Änderung gespeichert wurde, bevor Sie sie wiederholen.
error-cross-origin-title = Die Änderung wurde abgelehnt
error-cross-origin-text = Die Anfrage kam von einer anderen Website. Es wurde nichts geändert. Öffnen Sie die Seite hier und versuchen Sie es erneut.
error-unknown-title = Nicht gefunden
error-unknown-text = „{ $value }“ wurde nicht gefunden. Vielleicht hat sich der Name geändert: Versuchen Sie die Suche.
error-unknown-number-text = „{ $value }“ gibt es hier nicht. Vielleicht wurde es entfernt, oder die Adresse enthält einen Tippfehler; beginnen Sie bei der Liste.
error-forbidden-title = Dazu sind Sie nicht berechtigt
error-forbidden-text = Dafür ist die Rolle „{ $value }“ nötig. Bitten Sie einen Administrator darum.
error-read-only-title = Diese Quelle ist schreibgeschützt
error-read-only-text = Datensätze der Quelle „{ $value }“ lassen sich hier nicht ändern. Ändern Sie sie dort, wo sie herkommen.
error-invalid-title = Etwas muss korrigiert werden
error-invalid-text = Diese Felder lassen sich so nicht speichern. Es wurde nichts geändert.
error-syntax-title = Diese Suche ist nicht lesbar
error-syntax-text = { $value }
error-credentials-title = Die Anmeldedaten sind falsch
error-credentials-text = Benutzername oder Passwort ist falsch.
error-conflict-title = Jemand anders war schneller
error-conflict-text = „{ $value }“ wurde inzwischen geändert. Es wurde nichts überschrieben. Öffnen Sie den Datensatz erneut und wiederholen Sie Ihre Änderung.
error-busy-title = Zu viele Anmeldungen zugleich
error-busy-text = Im Augenblick melden sich zu viele zugleich an. Versuchen Sie es in ein paar Sekunden erneut.
error-too-many-title = Zu viele Versuche
error-too-many-text =
    { $seconds ->
        [one] Versuchen Sie es in einer Sekunde erneut.
       *[other] Versuchen Sie es in { $seconds } Sekunden erneut.
    }
error-unavailable-title = Eine Quelle antwortet nicht
error-unavailable-text = „{ $value }“ ist gerade nicht erreichbar. Es wurde nichts geändert. Versuchen Sie es gleich noch einmal; alles andere funktioniert weiter.
error-session-title = Ihre Sitzung ist beendet
error-session-text = Es wurde nichts gespeichert. Melden Sie sich in einem anderen Tab wieder an, kehren Sie auf diese Seite zurück und senden Sie noch einmal.
error-session-login = In einem anderen Tab anmelden
error-renew-text = Es wurde nichts gespeichert, weil Sie zuerst ein neues Passwort wählen müssen. Tun Sie das in einem anderen Tab und senden Sie dann noch einmal.
error-kept = Ihre Eingaben sind nicht verloren: Sie können sie unverändert noch einmal senden.
error-again = Noch einmal senden
error-internal-title = Hier ist etwas schiefgegangen
error-internal-text = Das ist ein Fehler des Programms, nicht Ihrer. Nichts wurde halb gespeichert. Wenn es wieder geschieht, nennen Sie Ihrem Administrator die Anfragenummer.
problem-required = Füllen Sie dieses Feld aus.
problem-too-long =
    { $count ->
        [one] Hier passt höchstens ein Zeichen hin.
       *[other] Hier passen höchstens { $count } Zeichen hin.
    }
problem-too-many-wildcards =
    { $count ->
        [one] Hier darf höchstens ein * stehen.
       *[other] Hier dürfen höchstens { $count } Zeichen * stehen.
    }
problem-too-many =
    { $count ->
        [one] Es lässt sich höchstens ein Wert auf einmal vergleichen.
       *[other] Es lassen sich höchstens { $count } Werte auf einmal vergleichen.
    }
problem-control-character = Entfernen Sie Steuerzeichen wie Zeilenumbrüche.
problem-invisible-character = Entfernen Sie unsichtbare Zeichen (ohne Breite oder zur Formatierung).
problem-reserved = Dieser Benutzername ist reserviert: Er steht für alle.
problem-email-character = „{ $character }“ kann in einer E-Mail-Adresse dort nicht stehen.
problem-email-local-part = Vor dem @ dürfen höchstens { $count } Zeichen stehen.
problem-email = Das ist keine vollständige E-Mail-Adresse. Sie sieht so aus: name@firma.de.
problem-email-refused = Solche Adressen werden hier nicht angenommen. Geben Sie eine an, die Post empfängt.
problem-not-a-number = Hier ist nur eine ganze Zahl erlaubt.
problem-not-a-decimal =
    { $places ->
        [any] Hier ist nur eine Zahl erlaubt, zum Beispiel 12.5.
        [0] Hier ist nur eine ganze Zahl erlaubt.
        [one] Hier ist nur eine Zahl mit höchstens einer Stelle nach dem Punkt erlaubt, zum Beispiel 12.5.
       *[other] Hier ist nur eine Zahl mit höchstens { $places } Stellen nach dem Punkt erlaubt, zum Beispiel 12.5.
    }
problem-out-of-range = Der Wert muss zwischen { $least } und { $most } liegen.
problem-not-a-date = Das ist kein Datum. Schreiben Sie es so: 2026-03-01.
problem-not-a-time = Das ist kein Datum mit Uhrzeit. Schreiben Sie es so: 2026-03-01 12:30:00.
problem-not-a-uuid = Das ist keine UUID. Sie sieht so aus: 0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f.
problem-not-one-of = Es muss einer dieser Werte sein: { $choices }.
problem-unstorable-character = Die Tabelle kann diese Zeichen nicht aufnehmen: { $characters }
problem-not-accepted = Die Datenbank nimmt diesen Wert nicht an.
problem-not-a-choice = Wählen Sie einen der angebotenen Werte.
problem-unknown-validity = Wählen Sie einen der angebotenen Werte.
problem-unknown-customer = Diesen Kunden gibt es nicht. Wählen Sie einen aus der Liste, oder legen Sie ihn zuerst an.
problem-invalid-customer = Dieser Kunde ist ungültig. Wählen Sie einen gültigen.
problem-taken = Wird schon von { $by } verwendet. Wählen Sie etwas anderes.
problem-unknown-field = Dieses Feld gibt es nicht.
problem-speaks-first = „{ $source }“ steht davor, ist schreibgeschützt und hat diesen Benutzernamen, würde also weiter über die Person bestimmen. Entfernen Sie den Benutzernamen zuerst dort, stellen Sie die andere Quelle in den Einstellungen davor, oder lassen Sie den Datensatz im Voraus anlegen.
problem-not-there = Diese Quelle ist schreibgeschützt und hat den Benutzernamen nicht. Legen Sie die Person zuerst dort an.
problem-already-there = Die Person ist schon in dieser Quelle und in keiner anderen, in die geschrieben werden kann.
problem-no-customer-yet = Es gibt noch keinen gültigen Kunden. Legen Sie zuerst einen an.
problem-unknown-role = Wählen Sie eine der angebotenen Rollen.
problem-last-admin = Dann könnte sich kein Administrator mehr anmelden. Machen Sie zuerst jemand anderen zum Administrator.
problem-rights-through-roles = Der Agent behält eine höhere Rolle durch die Rollen des Helpdesks: { $roles }. Entziehen Sie sie ihm zuerst dort, in OTOBO unter „Agenten ↔ Rollen“.
problem-fixed-by-file = Das steht in kartoteka.toml. Ändern Sie es dort.
problem-fixed-by-otobo = Das ist auf den Seiten von OTOBO gesetzt. Ändern Sie es dort.
problem-fixed-by-variable = Das setzt die Umgebungsvariable { $variable }. Ändern Sie es dort.
problem-cannot-undo = Das lässt sich nicht zurücknehmen.
problem-unknown-parent = Diesen Service gibt es nicht mehr. Wählen Sie einen aus der Liste.
problem-below-itself = Ein Service kann nicht unter sich selbst stehen. Wählen Sie eine andere Stelle im Baum.
problem-separator = „::“ trennt die Ebenen, darum darf ein Name es nicht enthalten und nicht mit einem Doppelpunkt beginnen oder enden. Den übergeordneten Service wählen Sie in seinem eigenen Feld.
problem-carries-rights = Aus dieser Gruppe kommen die Rechte der Agenten: Sie muss ihren Namen behalten und gültig bleiben, sonst verlieren Agenten den Zugang.
problem-unknown-person = Diesen Kundenbenutzer gibt es nicht.
problem-invalid-person = Dieser Kundenbenutzer ist ungültig, daher kann nichts an ihn vergeben werden.
problem-unknown-group = Diese Gruppe gibt es nicht.
problem-invalid-group = Diese Gruppe ist ungültig, daher kann darin nichts vergeben werden.
problem-unknown-service = Diesen Service gibt es nicht.
problem-invalid-service = Dieser Service ist ungültig und kann nicht vergeben werden.
problem-unknown-permission = Diese Berechtigung gehört nicht zu denen, die vergeben werden können.
problem-unknown-context = Diesen Zugriff gibt es nicht, oder er ist in den Zugriffseinstellungen ausgeschaltet.
problem-take-rw-first = { $permission } ist Teil von Bearbeiten (rw). Entziehen Sie zuerst rw.
problem-not-your-group = Sie dürfen Berechtigungen nur in Gruppen vergeben, in denen Sie selbst rw haben.
problem-own-rights = Die Berechtigungen einer Person mit Ihrem Benutzernamen kann nur ein Administrator ändern.
problem-not-a-day = Das ist kein Tag. Schreiben Sie ihn so: 2026-11-24.
problem-in-the-future = Dieser Tag liegt noch in der Zukunft.
problem-before-journal = Das Journal beginnt am { $day }. Über die Zeit davor ist nichts bekannt.
problem-not-a-name = Ein Name besteht aus Buchstaben ohne Akzente, Ziffern und _, beginnt mit einem Buchstaben und hat höchstens 63 Zeichen.
problem-field-there = Die Quelle hat bereits ein Feld mit diesem Namen.
problem-column-shown = Die Spalte wird bereits verwendet: { $by }.
problem-column-other = Die Spalte gibt es, und sie enthält etwas anderes: { $holds }.
problem-no-column = Diese Spalte gibt es nicht, und hier lässt sich keine anlegen.
problem-secret-field = Passwörter und Ähnliches werden nie angezeigt.
problem-needed-field = Ohne dieses Feld kommt die Quelle nicht aus.
problem-not-a-link = Daraus wird kein Link: { $reason }.
problem-only-when-added = Das wird beim Anlegen eines Feldes festgelegt und bleibt so. Nehmen Sie das Feld heraus und legen Sie es neu an; die Daten bleiben.
problem-table-busy = Die Tabelle ist gesperrt, deshalb konnte die Spalte nicht angelegt werden. Es wurde nichts geändert; versuchen Sie es gleich noch einmal.
problem-settings = { $text }
problem-source-elsewhere = Diese Quelle ist in { $place } eingerichtet und kann nur dort geändert werden.
problem-secret-again = Die Quelle würde einen anderen Server oder auf andere Weise fragen. Geben Sie das Passwort noch einmal an, damit es nicht an einen falschen Ort geht.
problem-no-secret-key = Passwörter von Quellen sind versiegelt, und dieser Knoten hat keinen Schlüssel dazu. Kopieren Sie kartoteka.key aus dem Datenverzeichnis des Knotens, der ihn hat, oder setzen Sie KARTOTEKA_SECRETS__KEY.
problem-other-secret-key = Dieses Passwort wurde mit einem anderen Schlüssel versiegelt als dem dieses Knotens. Stellen Sie jenen Schlüssel wieder her, oder geben Sie das Passwort noch einmal an.
problem-test-failed = Die Prüfung ist fehlgeschlagen, deshalb wurde nichts gespeichert. Unten steht, bei welchem Schritt; oder speichern Sie trotzdem.
problem-document-changed = Jemand hat das inzwischen geändert, deshalb wurde nichts gespeichert. Sehen Sie nach, wie es jetzt ist, und ändern Sie es noch einmal.
conflict-title = Jemand anders hat diesen Datensatz inzwischen gespeichert.
conflict-text = In den Feldern steht Ihre Fassung; unter jedem abweichenden Feld steht, was jetzt gespeichert ist. Beim Speichern gilt Ihre Fassung.
conflict-stored = Jetzt gespeichert: { $value }
violation-too-short =
    { $count ->
        [one] Mindestens ein Zeichen.
       *[other] Mindestens { $count } Zeichen.
    }
violation-too-long =
    { $count ->
        [one] Höchstens ein Byte.
       *[other] Höchstens { $count } Bytes (Umlaute zählen mehrfach).
    }
violation-control-character = Keine Zeilenumbrüche und keine anderen Zeichen, die sich nicht tippen lassen.
violation-like-name = Weder der Benutzername noch der Name.
violation-no-digit = Mindestens eine Ziffer.
violation-common = Kein Passwort, das alle zuerst ausprobieren.
violation-not-2-lower-2-upper = Mindestens zwei Buchstaben von a bis z und zwei von A bis Z.
violation-not-2-characters = Mindestens zwei Buchstaben, Ziffern oder Unterstriche.
violation-not-3-of-4 = Mindestens drei von: eine Ziffer, ein Buchstabe von a bis z, einer von A bis Z, ein anderes Zeichen.
violation-no-match = Es muss zum Muster passen, das Ihr Administrator festgelegt hat; fragen Sie ihn, was es verlangt.
violation-used-before =
    { $count ->
        [one] Weder das jetzige Passwort noch das davor.
       *[other] Weder das jetzige Passwort noch eines der { $count } davor.
    }
