"""The Sweep page: one experiment with many settings."""
