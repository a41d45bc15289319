setup-title = Set up Kartoteka
setup-lead = Create the first agent: an admin, who can then add colleagues, customers and customer users.
setup-code = Set-up code
setup-code-hint = The program printed it where it was started.
setup-wrong-code = The set-up code is wrong. Look for it where the program was started; restarting prints a new one.
setup-submit = Create and log in
flash-setup-done = Kartoteka is ready. Now add the first customer: the company or organisation whose people you serve.
