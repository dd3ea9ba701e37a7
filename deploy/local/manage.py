"""`make manage ARGS="makemigrations staff -n what_changes"`: a command of Django where nothing is set up."""

import subprocess
import sys

from deploy.local.checks import PYTHON, django_environment
from deploy.local.common import ROOT, CannotGoOn, complain


def main() -> int:
    try:
        with django_environment() as env:
            return subprocess.call([PYTHON, "manage.py", *sys.argv[1:]], cwd=ROOT, env=env)
    except CannotGoOn as error:
        return complain(error)


if __name__ == "__main__":
    sys.exit(main())
