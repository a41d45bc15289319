login-title = Log in
login-login = Username
login-password = Password
login-submit = Log in
login-wrong = Username or password are wrong. Check both and try again.
login-too-many =
    { $count ->
        [one] Too many attempts. Please try again in a minute.
       *[other] Too many attempts. Please try again in { $count } minutes.
    }
password-hint = At least 8 characters with a digit; longer is better. A few unrelated words are easy to remember.
