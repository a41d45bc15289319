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
password-hint = Länger ist besser. Ein paar zusammenhanglose Wörter merkt man sich leicht.
renew-title = Neues Passwort wählen
renew-lead = Ihr Passwort ist älter, als diese Installation erlaubt, oder jemand anders hat es gewählt. Wählen Sie ein neues, um fortzufahren.
renew-leave = Stattdessen abmelden
