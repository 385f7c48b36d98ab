"""Results as spreadsheets."""
