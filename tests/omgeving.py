"""The environment of the tests; a pytest plugin, because it must be there before Django reads its settings."""

import os
import secrets

os.environ["DEMO"] = "1"
os.environ["DATABASE_ALS"] = "beheer"
os.environ["GEMEENTE"] = "GM0303"
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
