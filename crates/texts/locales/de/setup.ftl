setup-title = Kartoteka einrichten
setup-lead = Legen Sie das erste Konto mit der Rolle Administrator an. Danach fügen Sie Kolleginnen und Kollegen, Kunden und Kundenbenutzer hinzu.
setup-code = Einrichtungscode
setup-code-hint = Er stand nach dem Start des Programms im Terminal (oder im Protokoll).
setup-wrong-code = Der Einrichtungscode ist falsch. Sie finden ihn im Terminal oder im Protokoll; nach einem Neustart gilt ein neuer.
setup-submit = Anlegen und anmelden
flash-setup-done = Kartoteka ist bereit. Legen Sie nun den ersten Kunden an: die Firma oder Organisation, deren Mitarbeitende Sie betreuen.
