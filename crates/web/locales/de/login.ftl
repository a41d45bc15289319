login-title = Anmelden
login-login = Benutzername
login-password = Passwort
login-submit = Anmelden
login-wrong = Benutzername oder Passwort sind falsch. Prüfen Sie beides und versuchen Sie es erneut.
login-too-many =
    { $count ->
        [one] Zu viele Versuche. Bitte versuchen Sie es in einer Minute erneut.
       *[other] Zu viele Versuche. Bitte versuchen Sie es in { $count } Minuten erneut.
    }
password-hint = Mindestens 8 Zeichen mit einer Ziffer; länger ist besser. Ein paar zusammenhanglose Wörter merkt man sich leicht.
