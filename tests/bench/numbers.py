"""`docs/numbers.md`: each command that measures prints its own section of it, and leaves the others.

    numbers.print_section("coverage", "| part | covered |\\n…")

A section says with which day, machine and commit its numbers were measured, for they grow old one by one.
"""

import datetime as dt
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPER = ROOT / "docs" / "numbers.md"
HEAD = """# Numbers

Measured, not promised. Each section is printed by the command that it names, and says when, where and of
which commit; nobody edits them.
"""


@dataclass(frozen=True)
class Section:
    """A part of the paper, the command that prints it, and its heading."""

    name: str
    command: str
    title: str


SECTIONS = (
    Section("bench", "make bench", "A thousand schools"),
    Section("pages", "make pages", "Pages"),
    Section("suite", "make test", "The suite"),
    Section("coverage", "make coverage", "Coverage by branches"),
    Section("mutants", "make mutants", "Mutants"),
)
"""In the order of the paper."""


def print_section(name: str, body: str, paper: Path = PAPER) -> None:
    """Puts the section in its place and says what it was measured on; the other sections stay as they are."""
    bodies = sections_of(paper.read_text() if paper.exists() else "")
    bodies[name] = f"{measured_on()}\n\n{body.strip()}"
    paper.write_text(composed(bodies))


def sections_of(text: str) -> dict[str, str]:
    """Name → what stands between its marks, without the heading."""
    found = re.findall(r"<!-- begin (\w+) -->\n## [^\n]*\n\n(.*?)\n<!-- end \1 -->", text, re.S)
    return dict(found)


def composed(bodies: dict[str, str]) -> str:
    known = [section for section in SECTIONS if section.name in bodies]
    parts = [
        f"<!-- begin {one.name} -->\n## {_heading(one)}\n\n{bodies[one.name]}\n<!-- end {one.name} -->\n"
        for one in known
    ]
    return "\n".join((HEAD, *parts))


def _heading(section: Section) -> str:
    return f"{section.title} (`{section.command}`)"


def measured_on() -> str:
    """The day, the machine and the commit, in one line."""
    return f"Measured on {dt.date.today():%d.%m.%Y}, {_machine()}, at commit `{_commit()}`."


def _machine() -> str:
    return f"{os.cpu_count()} × {_processor()}, {_memory()} GB, Python {platform.python_version()}"


def _processor() -> str:
    """As the kernel names it; elsewhere than on Linux, its architecture."""
    described = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*: (.+)$", described.read_text(), re.M) if described.exists() else None
    return named[1].strip() if named else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)


def _commit() -> str:
    """Of the code that was measured; a plus when it had changes that no commit holds (but for the paper
    itself).
    """
    changed = _git(
        "status", "--porcelain", "--untracked-files=no", "--", ".", f":(exclude){PAPER.relative_to(ROOT)}"
    )
    return (_git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if changed else "")


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or the folder is no checkout."""
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
