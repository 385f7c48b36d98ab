"""Results as LaTeX."""
