"""Panels of the Evaluate page."""
