"""What was read before: found, looked at, put back on the desk, exported, deleted."""
