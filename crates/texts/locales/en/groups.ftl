# Pages of groups.
groups-title = Groups
groups-add = Add group
groups-search-label = Search groups
groups-empty-title = There are no groups yet
groups-empty-text = Permissions are given in groups: who may read, write and create tickets in them. Add the first one.
groups-count =
    { $count ->
        [one] { $count } group
       *[other] { $count } groups
    }
