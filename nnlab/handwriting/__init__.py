"""Digits drawn by hand: strokes, pixels, files to exchange, and training on one's own hand."""
