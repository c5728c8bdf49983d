"""The embedded PostgreSQL: its launcher, and the Django backend that calls it when no server answers."""
