"""What a version is weighed by: the checks before publication, and how far the work on it is."""
