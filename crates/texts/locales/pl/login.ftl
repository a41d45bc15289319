login-title = Logowanie
login-login = Nazwa użytkownika
login-password = Hasło
login-submit = Zaloguj
login-wrong = Nieprawidłowa nazwa użytkownika lub hasło.
login-too-many =
    { $count ->
        [one] Zbyt wiele prób. Spróbuj ponownie za minutę.
        [few] Zbyt wiele prób. Spróbuj ponownie za { $count } minuty.
        [many] Zbyt wiele prób. Spróbuj ponownie za { $count } minut.
       *[other] Zbyt wiele prób. Spróbuj ponownie za { $count } minuty.
    }
password-hint = Im dłuższe, tym lepsze. Najłatwiej zapamiętać kilka niepowiązanych ze sobą słów.
renew-title = Nowe hasło
renew-lead = Hasło jest starsze, niż tu wolno, albo ustawił je ktoś inny. Aby przejść dalej, ustaw nowe.
renew-leave = Wyloguj
