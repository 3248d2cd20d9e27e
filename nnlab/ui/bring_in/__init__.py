"""Networks from a file."""
