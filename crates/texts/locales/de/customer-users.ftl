# Pages of customer users.
customer-users-title = Kundenbenutzer
customer-users-add = Kundenbenutzer hinzufügen
customer-users-search-label = Kundenbenutzer suchen
customer-users-column-name = Name
customer-users-column-key = Benutzername
customer-users-column-email = E-Mail
customer-users-column-customer = Kunde
customer-users-customer = Kunde
customer-users-unknown-customer = Diesen Kunden gibt es nicht
customer-users-unknown-customer-id = Keine Quelle hat einen Kunden mit der Kundennummer „{ $id }“.
customer-users-empty-title = Es gibt noch keine Kundenbenutzer
customer-users-empty-text = Ein Kundenbenutzer ist eine Person, die sich an den Helpdesk wendet. Fügen Sie die erste hinzu.
customer-users-no-customer = Es gibt noch keinen gültigen Kunden, und jeder Kundenbenutzer muss zu einem gehören. Fügen Sie zuerst einen Kunden hinzu.
