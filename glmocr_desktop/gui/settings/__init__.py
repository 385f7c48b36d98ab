"""The dialog of all settings: groups, search, editors, the list of servers."""
