# Finding anything, and what was open last.
find-title = Find
find-label = Find people, customers, groups, services, pages…
find-nothing = Nothing found
find-nothing-text = Try fewer letters or another spelling: case and accents do not matter.
find-too-long = That is too long to look for: at most 200 characters.
find-opened = Recently opened
find-pages = Pages
find-all =
    { $count ->
        [one] Show the one found
       *[other] Show all { $count } found
    }
find-all-more =
    { $count ->
        [one] Show more than one found
       *[other] Show all, more than { $count } found
    }
