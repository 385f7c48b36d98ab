"""A result in the hands of a person: its source, tables, formulas and doubtful places."""
