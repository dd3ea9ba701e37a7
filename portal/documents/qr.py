"""QR codes of papers: squares for Typst, a picture for Word. A quarter of the squares may be spoilt: paper
fades and tears.
"""

from io import BytesIO

import segno

SCALE, QUIET = 8, 4
"""Points of a square in the picture, and squares of quiet around the code."""


def qr_rows(text: str) -> list[str]:
    """The code's squares, row by row: «1» is dark."""
    return ["".join("1" if square else "0" for square in row) for row in _code(text).matrix]


def qr_png(text: str) -> BytesIO:
    """The code as a picture, read from its beginning."""
    content = BytesIO()
    _code(text).save(content, kind="png", scale=SCALE, border=QUIET)
    content.seek(0)
    return content


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="q", boost_error=False)
