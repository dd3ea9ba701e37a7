"""What the portal says after a deed or a refusal, read as a person reads it."""

import re
from typing import Any

from portal.ui.words import typo
from tests.posts.rows import words_of
from tests.stock_words import stock_in

TWICE = re.compile(r"\b([А-ЯЁ][^.:!?<>«»]{3,60}): \1\b")
TWO_DOTS = re.compile(r"(?<!\.)\.\.(?!\.)")
ENDS = re.compile(r"[.!?…»]$")


def badly_said(flash: str) -> list[str]:
    """«Код в адресе: Код в адресе», «А. А..», a sentence without its end."""
    shown = typo(flash).replace("\xa0", " ")
    wrong = {
        "сказано дважды": TWICE.search(shown),
        "две точки": TWO_DOTS.search(shown),
        "нет конца": not ENDS.search(shown),
    }
    return [f"{name}: {shown}" for name, found in wrong.items() if found]


def flashes_of(answer: Any) -> list[str]:
    return [
        str(message)
        for message in getattr(getattr(answer.wsgi_request, "_messages", None), "_queued_messages", [])
    ]


def badly_refused(answer: Any) -> list[str]:
    """A library's own sentence, or the name of a field twice, on a page that refuses."""
    middle = " ".join(
        re.sub(r"<[^>]+>", " ", words_of(answer).split("<main", 1)[-1].split("</main>", 1)[0]).split()
    )
    return stock_in(middle) + [f"сказано дважды: {found[0]}" for found in TWICE.finditer(middle)]
