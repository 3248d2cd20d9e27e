"""Class rooms: who is in them, what may be seen, and the wall of their runs."""
