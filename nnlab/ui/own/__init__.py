"""Points of a visitor's own: painted, uploaded, kept."""
