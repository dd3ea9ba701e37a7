#!/usr/bin/env python
"""Commands of the portal. Those that change the structure of the database connect as its owner."""

import os
import sys

AS_OWNER = {"migrate_all", "makemigrations", "createcachetable", "rebuild_index"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if AS_OWNER & set(sys.argv[1:2]) or "--owner" in sys.argv:
        os.environ["DATABASE_AS_OWNER"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
