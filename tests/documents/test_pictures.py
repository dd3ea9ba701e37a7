"""The papers of a pair as the office of a school sees them: printed with the face they are set in and without
it, drawn, and looked at.
"""

import os
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from portal.documents import word_pdf
from portal.documents.forms import FORMS, Form
from tests.documents.reading import printed

pytestmark = [pytest.mark.libreoffice, pytest.mark.papers, pytest.mark.covers("found B3")]
PAGES = {"T-06": 1, "T-07": 1, "T-08": 2, "T-09": 1, "T-10": 1, "T-11": 3}
"""How many pages each may take, also in the wider face."""
FACES = [pytest.param("Liberation Serif", marks=pytest.mark.times), "DejaVu Sans"]
DPI, INK = 50, 128
EDGES = {"left": 22, "right": 13, "top": 12, "bottom": 18}
"""Millimetres that stay white: the margins, less the padding of a table and the line above each page of a
draft.
"""
KINDS = tuple(form for form in FORMS if form.template in PAGES)


def command(*words: str, **more: str) -> str:
    return subprocess.run(
        words, env={**os.environ, **more}, capture_output=True, text=True, check=True
    ).stdout


@cache
def papers(face: str, folder: Path) -> Path:
    """All of them by one start of LibreOffice, which knows the fonts of one face only."""
    fonts = Path(command("fc-match", "-f", "%{file}", face)).parent
    (folder / "fonts.conf").write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    made = [folder / f"{form.template}{kind}.docx" for form in KINDS for kind in ("", "-draft")]
    for form in KINDS:
        (folder / f"{form.template}.docx").write_bytes(form.sample().docx())
        (folder / f"{form.template}-draft.docx").write_bytes(
            form.sample().docx(draft="Проект: действует после подписи")
        )
    program = word_pdf._program()
    assert program is not None
    start = word_pdf._command(program, folder, made[0])
    command(*start, *map(str, made[1:]), FONTCONFIG_FILE=str(folder / "fonts.conf"), HOME=str(folder))
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {face: tmp_path_factory.mktemp("papers") for face in ("Liberation Serif", "DejaVu Sans")}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("form", KINDS, ids=[form.template for form in KINDS])
def test_nothing_is_cut_parted_or_outside_of_the_margins(
    form: type[Form], face: str, folders: dict[str, Path]
) -> None:
    made = papers(face, folders[face])
    for name in (form.template, f"{form.template}-draft"):
        pdf, text = made / f"{name}.pdf", printed((made / f"{name}.docx").read_bytes())
        lines = [
            " ".join(line.split()) for line in command("pdftotext", "-layout", str(pdf), "-").splitlines()
        ]
        seen = {word for line in lines for word in re.findall(r"\w+", line)}
        assert {word for word in re.findall(r"\w+", text) if "_" not in word} - seen == set(), (
            "слово разрезано"
        )
        tied = {
            chunk.replace("\xa0", " ").removesuffix(" –")
            for chunk in re.findall(r"\S*\xa0\S+(?:\xa0\S+)*", text)
            if "_" not in chunk
        }
        assert {chunk for chunk in tied if not any(chunk in line for line in lines)} == set(), (
            "разнесено по строкам"
        )
        pages = drawn(pdf)
        assert 0 < len(pages) <= PAGES[form.template], name
        assert [edge for page in pages for edge in beyond(page)] == [], name


def drawn(pdf: Path) -> list[tuple[int, int, bytes]]:
    """(width, height, grey points) of each page."""
    command("pdftoppm", "-gray", "-r", str(DPI), str(pdf), str(pdf.with_suffix("")))
    found = []
    for picture in sorted(pdf.parent.glob(f"{pdf.stem}-[0-9]*.pgm")):
        head, size, _, points = picture.read_bytes().split(b"\n", 3)
        assert head == b"P5"
        width, height = map(int, size.split())
        found.append((width, height, points))
    return found


def beyond(page: tuple[int, int, bytes]) -> list[str]:
    """Edges on whose white there is ink; «empty» when there is no ink at all."""
    width, height, points = page
    rows = [points[at * width : (at + 1) * width] for at in range(height)]
    inked = [number for number, row in enumerate(rows) if min(row) < INK]
    if not inked:
        return ["empty"]
    across = [number for number in range(width) if min(row[number] for row in rows) < INK]
    white = {
        "left": across[0],
        "right": width - 1 - across[-1],
        "top": inked[0],
        "bottom": height - 1 - inked[-1],
    }
    return [
        f"{edge}: {points_ * 25.4 / DPI:.0f} mm"
        for edge, points_ in white.items()
        if points_ * 25.4 / DPI < EDGES[edge]
    ]
