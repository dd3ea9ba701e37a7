"""PDF of an act that people sign, made from its Word master by LibreOffice where that is installed (in the
worker).
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from portal.core.errors import Unavailable

NAMES = ("soffice", "libreoffice")
TIMEOUT = 60
FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def available() -> bool:
    """Whether LibreOffice is here: a page hides or explains the button by it."""
    return _program() is not None


def convert(content: bytes, *, timeout: int = TIMEOUT) -> bytes:
    """The .docx as a tagged PDF. `timeout` in seconds.

    Raises Unavailable with a Russian sentence when LibreOffice is not installed, fails or takes too long.
    Each call has a profile of its own, so that two workers do not wait for each other.
    """
    program = _program()
    if program is None:
        raise Unavailable("word_pdf_absent", "Здесь нельзя получить PDF этого документа. Скачайте файл Word.")
    with tempfile.TemporaryDirectory(prefix="estafeta-pdf-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(content)
        _run(_command(program, Path(folder), source), Path(folder), timeout)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise _failed()
        return made.read_bytes()


def _program() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _command(program: str, folder: Path, source: Path) -> list[str]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
    return [program, profile, *quiet, "--convert-to", FILTER, "--outdir", str(folder), str(source)]


def _run(command: list[str], folder: Path, timeout: int) -> None:
    """A session of its own: soffice is a shell script, and only the whole group can be ended."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        code = process.wait(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise Unavailable(
            "word_pdf_timeout", "PDF готовился слишком долго. Попробуйте позже или скачайте файл Word."
        ) from None
    if code:
        raise _failed()


def _failed() -> Unavailable:
    return Unavailable("word_pdf_failed", "Не получилось сделать PDF. Скачайте файл Word.")
