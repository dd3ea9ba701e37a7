"""A made Word file as a reader sees it."""

import io
from typing import Any

from docx import Document


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Every paragraph, those in tables too."""
    body = opened(content).element.body
    return "\n".join("".join(node.itertext()) for node in body.iter() if node.tag.endswith("}p"))


def tables_of(content: bytes) -> list[list[list[str]]]:
    """The tables with lines: rows of cells."""
    lined = [table for table in opened(content).tables if table.style.name == "Table Grid"]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in lined]


def is_whole(text: str) -> bool:
    """Nothing of the template is left, and nothing is missing between two marks."""
    return not any(rubbish in text for rubbish in ("{{", "{%", "None", "()", "  ", ", ,", " ,", "..", ": .", "Undefined"))
