"""The page that is looked at: its boxes, its regions, what is sent of it."""
