login-title = Log in
login-login = Username
login-password = Password
login-submit = Log in
login-wrong = Wrong username or password.
login-too-many =
    { $count ->
        [one] Too many attempts. Please try again in a minute.
       *[other] Too many attempts. Please try again in { $count } minutes.
    }
password-hint = Longer is better. A few unrelated words are easy to remember.
renew-title = Choose a new password
renew-lead = Your password is older than this installation allows, or somebody else chose it for you. Choose a new one to go on.
renew-leave = Log out instead
