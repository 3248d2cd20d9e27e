"""The Learn page: overview, one lesson on a stage, progress."""
