"""Loaded before Django's settings (`-p tests.environment`): tests run on real PostgreSQL, under the
application's own login.

Nothing of the developer's environment leaks in; the server comes from TEST_SUPERUSER_DSN or is the embedded
one.
"""

import os
import sys

from tests import database

as_owner = "--owner" in sys.argv
for name in [
    n
    for n in os.environ
    if n.startswith(("DATABASE_", "SMTP_", "FILES_", "CITY_", "SEARCH_"))
    or n in ("DEBUG", "DEMO", "HTTPS", "LOG_JSON", "MFA_REQUIRED", "BEHIND_PROXY")
]:
    del os.environ[name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "a key of tests which protects nothing at all",
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "HTTPS": "0",
    "MFA_REQUIRED": "0",
    "SEARCH_MEANING": "0",  # tests of it switch it on
    "STATIC_PLAIN": "1",
    "LOG_LEVEL": "ERROR",
    "PORTAL_URL": "http://testserver",
    "FILES_ROOT": database.scratch("files"),
    "STATIC_ROOT": database.scratch("static"),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or database.app_url(database.NAME),
    "DATABASE_OWNER_URL": os.environ.get("TEST_DATABASE_OWNER_URL") or database.owner_url(database.NAME),
}
if as_owner:
    os.environ["DATABASE_AS_OWNER"] = "1"
