"""The What if page: questions to a trained network, a tab each."""
