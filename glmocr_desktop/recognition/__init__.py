"""A page becomes an answer: by the server, or offline."""
