"""Panels of the Class page."""
