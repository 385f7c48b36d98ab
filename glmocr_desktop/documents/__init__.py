"""A dropped file becomes pages, and a page an image."""
