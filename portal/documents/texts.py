"""The text of a PDF, Word or PowerPoint file that somebody has uploaded, for search: taken out in a process
of its own (`text_child`), with bounds of time, memory and length.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.db.models import TextChoices

from portal.core.text import plain
from portal.documents import text_child

CHILD, CHILD_TIMEOUT = Path(text_child.__file__), 40
READ_KINDS = ("pdf", "docx", "pptx")
SPACES, LINES = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")


class Reading(TextChoices):
    """What came of reading a file, in words for its page."""

    WAITS = "waits", "текст файла ещё не прочитан"
    READ = "read", "текст файла прочитан"
    PART = "part", "прочитано начало: файл очень длинный"
    EMPTY = "empty", "текста в файле нет: это картинки"
    PASSWORD = "password", "текст не прочитан: файл закрыт паролем"
    BROKEN = "broken", "текст не прочитан: файл повреждён"
    OTHER = "other", "текст такого файла не читается"


@dataclass(frozen=True)
class FileText:
    """The text, lines by paragraphs and without signs that mean nothing; empty unless it was read."""

    outcome: Reading
    text: str = ""


def text_of(content: bytes, kind: str) -> FileText:
    """Whatever the file is ends in an outcome. `kind`: its ending. RuntimeError: a fault of ours there."""
    if kind not in READ_KINDS:
        return FileText(Reading.OTHER)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD), kind],
            input=content,
            capture_output=True,
            timeout=CHILD_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FileText(Reading.BROKEN)
    if done.returncode == text_child.PASSWORD:
        return FileText(Reading.PASSWORD)
    if done.returncode == text_child.BROKEN or done.returncode < 0:  # a signal: no more memory or time
        return FileText(Reading.BROKEN)
    if done.returncode:
        raise RuntimeError("text_child")  # a fault of ours
    told = json.loads(done.stdout)
    text = LINES.sub("\n", SPACES.sub(" ", plain(told["text"]))).strip()
    if not text:
        return FileText(Reading.EMPTY)
    return FileText(Reading.READ if told["whole"] else Reading.PART, text)
