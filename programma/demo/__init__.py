"""The demonstration: the budget, the concept and the Iv3 documents that `manage.py demo` loads."""
