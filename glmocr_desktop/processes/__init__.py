"""Child processes that may crash, hang or grow, at the cost of one page each."""
