setup-title = Kartoteka einrichten
setup-lead = Legen Sie den ersten Agenten an: einen Administrator, der dann Kolleginnen und Kollegen, Kunden und Kundenbenutzer anlegen kann.
setup-code = Einrichtungscode
setup-code-hint = Das Programm hat ihn dort ausgegeben, wo es gestartet wurde.
setup-wrong-code = Der Einrichtungscode ist falsch. Sie finden ihn dort, wo das Programm gestartet wurde; ein Neustart gibt einen neuen aus.
setup-submit = Anlegen und anmelden
flash-setup-done = Kartoteka ist bereit. Legen Sie nun den ersten Kunden an: die Firma oder Organisation, deren Menschen Sie betreuen.
