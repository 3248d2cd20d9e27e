"""Runs: what was tried, how it went, and the files it left."""
