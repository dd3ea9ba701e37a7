"""Office files are archives, and an archive remembers the hour at which it was packed: that is no content."""

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PACKED = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def undated(made: bytes) -> bytes:
    """The same file without the hour of its making: one content gives the same bytes, whatever the clock
    says.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = PACKED.sub(b"", content)
            packed.writestr(ZipInfo(part.filename), content, ZIP_DEFLATED)
    return out.getvalue()
