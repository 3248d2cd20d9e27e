"""The Inside page: what is in a network, at any moment of its training."""
