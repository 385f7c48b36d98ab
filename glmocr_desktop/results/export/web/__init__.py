"""Results as a page of HTML."""
