"""Results as documents of Word."""
