"""The words that every room speaks: no input or output, no Qt."""
