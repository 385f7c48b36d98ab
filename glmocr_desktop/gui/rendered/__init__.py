"""Results as they are meant to be read: written, drawn, selected and searched."""
