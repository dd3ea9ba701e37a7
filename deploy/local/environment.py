"""`make env`: the virtual environment from the lock file. Run by the system's Python, so written for old ones
too and on its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "synced")
UV = "uv==0.13.9"
FIRST, LAST = (3, 11), (3, 13)
EXTRAS = os.environ.get("ESTAFETA_EXTRAS", "").split()
"""What is not needed by everybody (pyproject.toml, optional-dependencies): `semantic`."""


def main() -> int:
    """Make or refresh the environment; the second time it is a comparison of two hashes."""
    wanted = " ".join([_hash_of("pyproject.toml", "uv.lock")] + sorted(EXTRAS))
    if _read(STAMP) == wanted and os.path.exists(PYTHON):
        return 0
    if not _suits(sys.version_info[:2]):
        return _other_python()
    if not _has_venv():
        return _refuse(
            "В Python нет модуля venv. На Debian и Ubuntu его ставит одна команда:\n    apt-get install "
            "python3-venv"
        )
    _make_venv()
    print("Ставлю библиотеки по uv.lock…", flush=True)
    extras = [part for name in EXTRAS for part in ("--extra", name)]
    steps = (
        [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV],
        [PYTHON, "-m", "uv", "sync", "--frozen", "--quiet", "--python", PYTHON] + extras,
    )
    for step in steps:
        if subprocess.call(step, cwd=ROOT, env=_env()):
            return _refuse(
                "Библиотеки не поставились (сообщение выше). Чаще всего нет сети или закрыт доступ к "
                "pypi.org.\n"
                "Когда доступ появится, повторите ту же команду: она продолжит с этого места."
            )
    with open(STAMP, "w") as stamp:
        stamp.write(wanted)
    return 0


def _make_venv() -> None:
    if os.path.isdir(VENV) and not _venv_works():
        print("Прежнее окружение .venv недоделано или сделано другим Python; делаю заново.", flush=True)
        shutil.rmtree(VENV)
    if not os.path.isdir(VENV):
        print(f"Создаю окружение .venv на Python {_named(sys.version_info[:2])}…", flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", VENV])


def _venv_works() -> bool:
    try:
        said = subprocess.run(
            [PYTHON, "-c", "import sys, pip; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return said.returncode == 0 and _suits(tuple(int(n) for n in said.stdout.split()))


def _has_venv() -> bool:
    try:
        import ensurepip  # noqa: F401  Debian keeps it in python3-venv
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def _other_python() -> int:
    """Another suitable Python of this machine goes on in our place; else a sentence."""
    for minor in range(LAST[1], FIRST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and found != sys.executable:
            os.execv(found, [found, os.path.abspath(__file__)])
    return _refuse(
        f"Нужен Python 3.11, 3.12 или 3.13, а здесь {_named(sys.version_info[:2])}. Поставьте подходящий "
        "(на Debian 12+ и Ubuntu 24.04+ он свой:\n"
        "    apt-get install python3 python3-venv\n"
        "или укажите его: make demo PYTHON=/путь/к/python3.12"
    )


def _suits(version: "tuple[int, ...]") -> bool:
    return FIRST <= version <= LAST


def _named(version: "tuple[int, ...]") -> str:
    return f"{version[0]}.{version[1]}"


def _env() -> "dict[str, str]":
    """Nothing of another activated environment leaks in, and uv never downloads a Python of its own."""
    env = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_PROJECT_ENVIRONMENT=VENV)
    env.pop("VIRTUAL_ENV", None)
    return env


def _hash_of(*names: str) -> str:
    digest = hashlib.sha256()
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def _read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def _refuse(sentence: str) -> int:
    sys.stderr.write("\n✗ " + sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
