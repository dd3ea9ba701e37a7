"""A made Word file as a reader sees it."""

import io
from typing import Any

from docx import Document


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Every paragraph, those in tables too; no-break spaces read as spaces."""
    return printed(content).replace("\xa0", " ")


def printed(content: bytes) -> str:
    """Every paragraph as it is in the file."""
    return "\n".join(node.text for node in opened(content).element.body.iter() if node.tag.endswith("}p"))


def head_of(content: bytes) -> str:
    """What stands above each page."""
    return (
        " ".join(
            paragraph.text for section in opened(content).sections for paragraph in section.header.paragraphs
        )
        .replace("\xa0", " ")
        .strip()
    )


def tables_of(content: bytes) -> list[list[list[str]]]:
    """The tables with lines: rows of cells."""
    lined = [table for table in opened(content).tables if table.style.name == "Table Grid"]
    return [[[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows] for table in lined]


def stamps_of(content: bytes) -> list[list[str]]:
    """The marks at the head of a paper (Согласовано, Утверждаю): lines of each, from left to right."""
    cells = opened(content).tables[0].rows[0].cells
    return [
        [paragraph.text.replace("\xa0", " ") for paragraph in cell.paragraphs if paragraph.text]
        for cell in cells
    ]


def is_whole(text: str) -> bool:
    """Nothing of the template is left, and nothing is missing between two marks."""
    return not any(
        rubbish in text for rubbish in ("{{", "{%", "None", "()", "  ", ", ,", " ,", "..", ": .", "Undefined")
    )
