setup-title = Set up Kartoteka
setup-lead = Create the first agent: an admin, who can then add colleagues, customers and customer users.
setup-code = Set-up code
setup-code-hint = It was printed in the terminal (or the log) when the program started.
setup-wrong-code = The set-up code is wrong. Look for it in the terminal or the log; after a restart there is a new one.
setup-submit = Create and log in
flash-setup-done = Kartoteka is ready. Now add the first customer: the company or organisation whose people you serve.
