"""The challenge on the Draw page: setup, play, summary, and the board of a class round."""
