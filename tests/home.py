"""Reads «Что дальше» as its person does."""

import html
import re
from dataclasses import dataclass

from tests.markup import squeezed


@dataclass(frozen=True)
class Task:
    """A line of «Эстафета у вас» as a person reads it."""

    url: str
    title: str
    why: str
    button: str


def tasks(page: str) -> list[Task]:
    """What the home page lists as the reader's own."""
    found = []
    bodies = re.findall(r'<ul class="next">(.*?)</ul>', squeezed(page), re.S)
    for line in [line for body in bodies for line in re.split(r"<li[ >]", body)[1:]]:
        link = re.search(r'<h3><a href="([^"]+)">(.*?)</a>', line)
        button = re.search(r'<a class="btn [^"]+" href="[^"]+">(.*?)</a>', line)
        why = re.search(r"</h3>\s*<p>(.*?)</p>", line, re.S)
        assert link, line
        assert why, line
        assert button, line
        found.append(
            Task(
                link[1], *(html.unescape(text).replace("\xa0", " ") for text in (link[2], why[1], button[1]))
            )
        )
    return found
