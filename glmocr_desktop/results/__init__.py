"""An answer becomes what people keep."""
