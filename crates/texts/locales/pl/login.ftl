login-title = Logowanie
login-login = Nazwa użytkownika
login-password = Hasło
login-submit = Zaloguj
login-wrong = Nazwa użytkownika lub hasło są błędne. Należy sprawdzić jedno i drugie.
login-too-many =
    { $count ->
        [one] Zbyt wiele prób. Można spróbować ponownie za minutę.
        [few] Zbyt wiele prób. Można spróbować ponownie za { $count } minuty.
        [many] Zbyt wiele prób. Można spróbować ponownie za { $count } minut.
       *[other] Zbyt wiele prób. Można spróbować ponownie za { $count } minuty.
    }
password-hint = Im dłuższe, tym lepsze. Kilka niezwiązanych słów łatwo zapamiętać.
renew-title = Nowe hasło
renew-lead = Hasło jest starsze, niż pozwala ta instalacja, albo wybrał je ktoś inny. Aby przejść dalej, należy wybrać nowe.
renew-leave = Wyloguj
