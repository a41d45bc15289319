# The frame around all pages.
skip-to-content = Skip to content
nav-main = Main
nav-own = Help and account
search-people-everywhere = Search people
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
about-groups = What permissions are given on: add, rename, make invalid
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
search-people = Search people…
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
