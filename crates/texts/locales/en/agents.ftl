agents-title = Agents
agents-add = Add agent
agents-name = Name
agents-data = Data
agents-back = To the agents
agents-count =
    { $count ->
        [one] One agent
       *[other] { $count } agents
    }
agent-field-userlogin = Username
agent-field-userfirstname = First name
agent-field-userlastname = Last name
agent-field-userpassword = Password
agent-field-role = Role
agent-field-validid = Validity
agent-role-hint = Readers see everything, editors change customers and customer users, admins do everything.
agent-new-password = New password
agent-set-password = Set password
agent-password-empty = Leave empty for a generated password, shown once.
agent-password-title = New password
agent-password-for = Password of { $name }
agent-password-once = Copy it now and hand it over safely: it will not be shown again.
flash-agent-added = Agent { $name } was added.
flash-agent-saved = Agent { $name } was saved.
flash-agent-password = { $name } has a new password. All their sessions ended.
agent-field-network = Network
agent-field-reason = Reason
agents-locks = Log-ins that have to wait after wrong passwords
agents-lock-all = everybody there
agents-lock-attempts =
    { $count ->
        [one] One failed attempt
       *[other] { $count } failed attempts
    }
agents-lock-until = until { $when }
agents-unlock = Let try again
flash-unlocked = { $name } can try again.
