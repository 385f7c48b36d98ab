"""A part of the screen becomes a page."""
