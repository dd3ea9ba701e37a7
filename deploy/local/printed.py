"""`make docs`: papers printed from the code: permissions, workflows, fields, letters, the API, and which test
holds which promise.
"""

import subprocess
import sys

from deploy.local.checks import django_environment
from deploy.local.common import ROOT, CannotGoOn, complain, say

OF_TESTS = {
    "tests.traceability": ROOT / "docs" / "traceability.md",
    "tests.found": ROOT / "docs" / "found.md",
}


def main() -> int:
    try:
        with django_environment() as env:
            say(_printed(env, "manage.py", "print_docs").strip())
            for module, paper in OF_TESTS.items():
                paper.write_text(_printed(env, "-m", module))
                say(str(paper.relative_to(ROOT)))
    except CannotGoOn as error:
        return complain(error)
    return 0


def _printed(env: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise CannotGoOn(f"Не печатается: {' '.join(command)} (сообщение выше)")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
