"""The playground: points in the plane, a network, and what it makes of them."""
