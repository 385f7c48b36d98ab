"""Results become files: one small module a format, one registry."""
