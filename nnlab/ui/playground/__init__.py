"""The Playground: a small network on points of the plane, seen and steered as it learns."""
