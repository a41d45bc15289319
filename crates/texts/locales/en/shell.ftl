# The frame around all pages.
skip-to-content = Skip to content
nav-main = Main
nav-own = Help and account
search-list = Search this list
nav-menu = Menu
nav-group-people = Users, Groups & Roles
nav-group-system = System
nav-customer-users = Customer users
nav-customers = Customers
nav-groups = Groups
nav-services = Services
nav-agents = Agents
nav-journal = Journal
nav-tokens = Tokens
nav-account = My account
about-customer-users = The people you serve: add, find and edit them
about-customers = The companies and organisations they belong to
about-groups = Groups in which permissions are given
about-services = What customer users may ask for, as a tree
about-agents = Colleagues who work here, and what each may do
about-journal = Every change: when, who, what was before
about-tokens = Access for programs that use the REST interface
about-account = Your sessions, password, language and keys
home-title = Home
home-valid =
    { $count ->
        [one] { $count } valid
       *[other] { $count } valid
    }
home-invalid =
    { $count ->
        [one] { $count } invalid
       *[other] { $count } invalid
    }
search = Search
help = Help
language = Language
theme = Theme
theme-auto = As the system
theme-light = Light
theme-dark = Dark
log-out = Log out
breadcrumb = Breadcrumb
today = today
yesterday = yesterday
never = never
save = Save
save-and-finish = Save and finish
cancel = Cancel
filter = Filter
actions = Actions
copy = Copy
copied = Copied
fields-required = fields with * are required
form-errors =
    { $count ->
        [one] One field needs another look. What you typed is kept.
       *[other] { $count } fields need another look. What you typed is kept.
    }
role-reader = Reader
role-editor = Editor
role-admin = Admin
role-none = no access
validity-valid = valid
validity-invalid = invalid
validity-invalid-temporarily = invalid temporarily
validity-things-valid = valid
validity-things-invalid = invalid
validity-things-invalid-temporarily = invalid temporarily
kind-customer-user = customer user
kind-customer = customer
kind-agent = agent
kind-group = group
kind-service = service
kind-token = token
kind-log-in = log-in
kind-relation = relations
kind-source = source
home-held =
    { $count ->
        [one] One source suddenly lacks so many records that the changes wait for your decision. Until then the last known state applies.
       *[other] { $count } sources suddenly lack so many records that the changes wait for your decision. Until then the last known state applies.
    }
home-held-see = Look and decide
sources-held-title = Sources that are held
sources-held-none = No source is held
sources-held-none-text = When a source suddenly has far fewer people than before, or far fewer valid ones, nobody is dropped: you are asked here first.
sources-held-text = This source suddenly has far fewer records than before, or far fewer valid ones. These changes wait: searches and permissions go by the last known state.
sources-held-since = Since
sources-held-known = Known
sources-held-there = There now
sources-held-gone = Gone
sources-held-invalid = No longer valid
sources-held-kept = Decision: stay with the last known state ({ $who }, { $when }).
sources-held-release = Accept the changes
sources-held-keep = Stay with the last known state
sources-held-hint = Once the source has nearly as many records as before, this ends by itself. If the changes are accepted, those who are gone are shown as missing; what was given to them is kept until they are back.
sources-held-ask-admin = An admin decides whether the changes are accepted.
sources-missing = Missing from { $name }: { $count }
sources-missing-first =
    { $count ->
        [one] The last one is shown.
       *[other] The last { $count } are shown.
    }
flash-source-released = The changes are being accepted; within seconds they apply everywhere.
flash-source-kept = The last known state stays.
home-held-back =
    { $count ->
        [one] One login is another person's than before. What it had is held back until you say whose it is.
       *[other] { $count } logins are other people's than before. What they had is held back until you say whose it is.
    }
held-back-text = The source gives this login to somebody else than before: an account was deleted, and a new one made under its name. What the login had counts nowhere until an admin decides whose it is.
held-back-before = Identity before
held-back-now = Identity now
held-back-given = What it had
held-back-group = Group { $name }
held-back-customer = Customer { $name }
held-back-service = Service { $name }
held-back-others =
    { $count ->
        [one] One preference or other row
       *[other] { $count } preferences and other rows
    }
held-back-same = The same person: give it back
held-back-another = Another person: remove it
held-back-hint = If the account is restored, everything is given back by itself. What is removed stands in the journal.
held-back-ask-admin = An admin decides whose it is.
flash-held-back-given = What the login had is given back.
flash-held-back-removed = What the login had is removed.
tabs = Pages about this record
tab-overview = Overview
tab-customers = Customers
tab-people = People
tab-services = Services
tab-permissions = Permissions
tab-who = Who has access
tab-past = On a past day
tab-history = History
nav-group-relations = Relations
nav-relations-customers = Customer users ↔ Customers
nav-relations-groups = Customer users ↔ Groups
nav-relations-services = Customer users ↔ Services
about-relations-customers = Whose tickets each person may see
about-relations-services = Which services each person may ask for
home-steps = First steps
home-steps-help = What customers, customer users, groups and services are stands in the
home-step-done = Done
home-step-customer = Add the first customer: a company or organisation that you serve
home-step-person = Add the first customer user: a person of a customer
home-step-agent = Let a colleague in as an agent
home-step-groups = Switch on permissions by groups
home-step-sources = Read people from another database or a directory
home-waiting = Waiting for you
home-review-open = Go on
home-job-open = Look
home-changes = Latest changes
home-opened-none = What you open is listed here.
home-counts = How many there are
copy-text = Copy { $text }
