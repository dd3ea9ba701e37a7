"""A published practice as a file: its text, how well it is proved, how it is cited and where it stands."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.http import HttpResponse

from best_practices.citing import citation, short_address
from best_practices.counted import evidence_of
from best_practices.exports import card_of
from best_practices.models import BankPractice, PracticeEvidence
from portal.core import clock
from portal.documents.published import PublishedCard, published_docx, published_pdf
from portal.files.answers import attachment
from portal.files.storing import KINDS


class Kind(NamedTuple):
    """A kind of file, and what makes it."""

    ending: str
    made: Callable[[PublishedCard], bytes]


PDF, WORD = Kind("pdf", published_pdf), Kind("docx", published_docx)


def file_of(card: BankPractice, kind: Kind) -> HttpResponse:
    """«ЛП-2026-0001 Урок вдвоём.pdf», to be kept. Call it behind the card's door."""
    made = kind.made(published_card(card))
    return attachment(made, f"{card.code} {card.title}.{kind.ending}", KINDS[kind.ending][1])


def published_card(card: BankPractice) -> PublishedCard:
    """What the files say: authors, school and evidence as the card's page shows them, nothing else."""
    names, evidence = [author["full_name"] for author in card.authors], evidence_of(card)
    text = card_of(card.text, school=card.school_name, authors=names, code=card.code, version=card.revision)
    return PublishedCard(
        card=text,
        published_on=card.published_on,
        address=short_address(card),
        citation=citation(card, clock.today()),
        grade=evidence.get_grade_display(),
        reasons=tuple(evidence.reasons),
        facts=tuple(_facts(evidence)),
    )


def _facts(evidence: PracticeEvidence) -> Iterator[tuple[str, str]]:
    yield "Сейчас в работе, всего", f"{evidence.in_work}, {evidence.ever}"
    for name, sign in (("Затраты", evidence.cost), ("Эффект", evidence.effect)):
        yield name, f"{sign['word']} ({sign['source']})"
    for word, many in evidence.counted:
        yield word.capitalize(), str(many)
