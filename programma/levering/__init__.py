"""Files that are taken behind the login: handing them out, and the log of it (decision 0013)."""
