"""The challenge: digits to draw against the clock. Knows no page, no network and no database."""
