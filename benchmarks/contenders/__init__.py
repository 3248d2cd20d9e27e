"""One module for each way to train: `prepare(network)` returns what trains one epoch."""
