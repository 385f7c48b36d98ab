"""The first start: where the server is, and what the window speaks."""
