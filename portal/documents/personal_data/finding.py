"""Looks through a text, sentence by sentence."""

from collections.abc import Iterator

from portal.documents.personal_data.kinds import Find, Mark
from portal.documents.personal_data.names import names
from portal.documents.personal_data.own import OwnPeople
from portal.documents.personal_data.rare import rare
from portal.documents.personal_data.schools import schools
from portal.documents.personal_data.sentences import sentences
from portal.documents.personal_data.shapes import classes, links, mails, phones

NOBODY = OwnPeople()


def finds(text: str, own: OwnPeople = NOBODY) -> list[Find]:
    """What in the text may tell who is meant, from left to right. `own`: the school's people."""
    return [
        _find(sentence, begins, mark)
        for begins, sentence in sentences(text)
        for mark in sorted(_marks(sentence, own), key=lambda one: one.start)
    ]


def _marks(sentence: str, own: OwnPeople) -> list[Mark]:
    """Where two meet, the one that is surer of itself stays: an address of mail before a name in it."""
    kept: list[Mark] = []
    for mark in _looked(sentence, own):
        if not any(mark.meets(other) for other in kept):
            kept.append(mark)
    return kept


def _looked(sentence: str, own: OwnPeople) -> Iterator[Mark]:
    yield from mails(sentence)
    yield from links(sentence)
    yield from phones(sentence)
    yield from rare(sentence)
    yield from schools(sentence)
    yield from classes(sentence)
    yield from names(sentence, own)


def _find(sentence: str, begins: int, mark: Mark) -> Find:
    return Find(
        kind=mark.kind,
        start=begins + mark.start,
        end=begins + mark.end,
        fragment=sentence[mark.start : mark.end],
        before=sentence[: mark.start],
        after=sentence[mark.end :],
        why=mark.why,
        neutral=mark.neutral,
    )
