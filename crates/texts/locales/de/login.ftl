login-title = Anmelden
login-login = Benutzername
login-password = Passwort
login-submit = Anmelden
login-wrong = Benutzername oder Passwort ist falsch.
login-too-many =
    { $count ->
        [one] Zu viele Versuche. Versuchen Sie es in einer Minute erneut.
       *[other] Zu viele Versuche. Versuchen Sie es in { $count } Minuten erneut.
    }
password-hint = Länger ist besser. Ein paar Wörter ohne Zusammenhang merkt man sich leicht.
renew-title = Neues Passwort wählen
renew-lead = Ihr Passwort ist älter, als hier erlaubt ist, oder jemand anders hat es gewählt. Wählen Sie ein neues, um fortzufahren.
renew-leave = Abmelden
