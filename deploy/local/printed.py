"""`make docs`: papers printed from the code. Each is a command of the portal that writes the text to standard output."""

import subprocess
import sys
from pathlib import Path

from deploy.local.places import ROOT, CannotGoOn, complain, say

PRINTED = {
    "docs/permissions.md": ("print_docs", "permissions"),
    "docs/workflows.md": ("print_docs", "workflows"),
    "docs/data.md": ("print_docs", "data"),
    "docs/letters.md": ("print_docs", "letters"),
    "docs/openapi.yaml": ("print_docs", "openapi"),
    "docs/openapi.v1.txt": ("print_docs", "promised"),
    "docs/traceability.md": ("-m", "tests.traceability"),
}
"""Paper → the command that prints it: of manage.py, or a module (`-m`)."""


def printed(name: str, env: dict[str, str]) -> str:
    """The text as it should be now. Raises CannotGoOn."""
    command = [sys.executable, *(() if PRINTED[name][0] == "-m" else ("manage.py",)), *PRINTED[name]]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CannotGoOn(f"Не печатается {name}: {' '.join(PRINTED[name])} (сообщение выше)")
    return done.stdout


def stale(env: dict[str, str]) -> list[str]:
    """Papers that are not what the code says now."""
    return [name for name in PRINTED if _read(ROOT / name) != printed(name, env)]


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def main() -> int:
    from deploy.local.checks import django_environment

    try:
        with django_environment() as env:
            for name in PRINTED:
                (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
                (ROOT / name).write_text(printed(name, env))
                say(f"Напечатан {name}")
    except CannotGoOn as error:
        return complain(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
