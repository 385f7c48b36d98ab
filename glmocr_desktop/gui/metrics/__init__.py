"""How fast and how well pages are read, as figures and charts, and why one page was slow."""
