"""The Compare page: many runs side by side, and whether a difference is more than noise."""
