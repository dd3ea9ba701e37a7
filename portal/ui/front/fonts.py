"""Makes the TrueType files that Typst reads: Golos Text comes as woff2 cut into sets, here the sets become
one ttf a weight.

Called by the build: fonts.py <folder of @fontsource files> <output folder>.
"""

import logging
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
SETS = ("latin", "cyrillic", "latin-ext")
LAYOUT = ("GSUB", "GPOS", "GDEF", "kern", "DSIG")


def opened(path: Path, folder: Path) -> Path:
    """The same font without compression and without layout tables, which differ between the sets and cannot
    be merged.
    """
    font = TTFont(path)
    font.flavor = None
    for table in LAYOUT:
        if table in font:
            del font[table]
    target = folder / f"{path.stem}.ttf"
    font.save(target)
    return target


def merged(source: Path, weight: int, folder: Path) -> TTFont:
    parts = [opened(source / f"golos-text-{name}-{weight}-normal.woff2", folder) for name in SETS]
    return Merger().merge([str(part) for part in parts])


def renamed(font: TTFont, weight: int, style: str) -> TTFont:
    """Typst chooses by family and weight, so every file says them plainly."""
    table = font["name"]
    for number, text in (
        (1, "Golos Text"),
        (2, style),
        (4, f"Golos Text {style}"),
        (6, f"GolosText-{style}"),
        (16, "Golos Text"),
        (17, style),
    ):
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    return font


def main(source: Path, target: Path) -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        for weight, style in WEIGHTS.items():
            renamed(merged(source, weight, Path(folder)), weight, style).save(
                target / f"GolosText-{style}.ttf"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
