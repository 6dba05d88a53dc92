"""The audit over columns: the same cells as class by class, for data sets too large for one class at a time."""
