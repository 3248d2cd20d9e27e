"""The Reproduce page: the courses' figures, published and ours."""
