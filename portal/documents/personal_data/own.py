"""The school's own people: their names are certain finds, in any case."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.documents.names import Case, decline_parts
from portal.documents.names.words import plain


@dataclass(frozen=True)
class Someone:
    """A person of the school by name."""

    last: str
    first: str
    middle: str = ""
    gender: str = ""
    is_author: bool = False

    def forms(self) -> set[str]:
        """The surname in all cases, in small letters; both ways where nobody knows whose it is."""
        genders = (self.gender,) if self.gender else ("m", "f")
        return {
            plain(decline_parts(self.last, self.first, self.middle, case, gender=gender).last)
            for case in Case
            for gender in genders
        }


@dataclass
class OwnPeople:
    """Looked up by the beginning of a surname, so that only those who may be meant are declined."""

    people: Iterable[Someone] = ()
    _by_beginning: dict[str, list[Someone]] = field(default_factory=dict)
    _forms: dict[Someone, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for someone in self.people:
            if len(someone.last) > 1:
                self._by_beginning.setdefault(_beginning(someone.last), []).append(someone)

    def whose(self, word: str) -> Someone | None:
        """Whose surname the word is, an author's first."""
        low = plain(word)
        there = [one for one in self._by_beginning.get(_beginning(word), ()) if low in self._forms_of(one)]
        return min(there, key=lambda one: not one.is_author, default=None)

    def _forms_of(self, someone: Someone) -> set[str]:
        if someone not in self._forms:
            self._forms[someone] = someone.forms()
        return self._forms[someone]


def _beginning(word: str) -> str:
    return plain(word)[:2]
