"""Runs and settings compared: groups of seeds, their curves, tests and expectations."""
