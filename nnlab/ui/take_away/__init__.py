"""A run to take away: each file by itself, and all as one zip."""
