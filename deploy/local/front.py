"""`make front`: styles, scripts, icons and fonts built by Node from a wheel. Unchanged sources are not built
again.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy.local.common import LOCAL, ROOT, CannotGoOn, complain, say

SOURCES, BUILT = ROOT / "portal" / "ui", ROOT / "portal" / "ui" / "static" / "ui" / "build"
INSTALLED = ROOT / "node_modules" / ".installed"
STAMP = LOCAL / "front.stamp"
LOCKED = (ROOT / "package.json", ROOT / "package-lock.json")
NOT_SOURCES = {"__pycache__", "locale", "templatetags", "migrations", "templates"}


def build() -> bool:
    """Install what the lock says and build; says whether anything had to be done. Raises CannotGoOn."""
    installed = _install()
    wanted = fingerprint([*LOCKED, *_sources()])
    if not installed and _read(STAMP) == wanted and BUILT.is_dir():
        return False
    say("Собираю стили, скрипты и шрифты…")
    _npm("run", "--silent", "build")
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(wanted)
    return True


def _install() -> bool:
    wanted = fingerprint(LOCKED)
    if _read(INSTALLED) == wanted:
        return False
    say("Ставлю то, из чего собирается внешний вид, по package-lock.json…")
    _npm("ci", "--no-audit", "--no-fund", "--loglevel=error", "--no-update-notifier")
    INSTALLED.write_text(wanted)
    return True


def _npm(*arguments: str) -> None:
    """The wheel's npm; its folder goes first in PATH, since npm's own scripts call `node` by name."""
    tools = Path(sys.executable).parent
    env = dict(os.environ, PYTHON=sys.executable, PATH=f"{tools}{os.pathsep}{os.environ.get('PATH', '')}")
    authorities = env.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
    if Path(
        authorities
    ).exists():  # Node does not look into the machine's own list, where an organisation adds its proxy
        env.setdefault("NODE_EXTRA_CA_CERTS", authorities)
    if subprocess.call([str(tools / "npm"), *arguments], cwd=ROOT, env=env):
        raise CannotGoOn(
            "Внешний вид не собрался (сообщение выше). Если нет сети, повторите ту же команду, когда она "
            "появится."
        )


def _sources() -> list[Path]:
    found = (path for path in SOURCES.rglob("*") if path.is_file() and path.suffix not in {".py", ".md"})
    return sorted(
        path
        for path in found
        if not path.is_relative_to(BUILT) and not NOT_SOURCES & set(path.relative_to(SOURCES).parts)
    )


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash of names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def main() -> int:
    try:
        build()
    except CannotGoOn as error:
        return complain(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
