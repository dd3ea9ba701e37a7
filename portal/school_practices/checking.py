"""What of a practice waits for an answer before it may leave: its finds (`personal_data`), each once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from portal.core.once import once_a_page
from portal.documents.personal_data import Find, OwnPeople, Someone, finds
from portal.school_practices.models import FindAnswer, SchoolPractice
from portal.school_practices.places import Place, texts_of
from portal.staff.models import Person


@dataclass(frozen=True)
class Asked:
    """A find in its sentence, with every place where the same sentence stands; `answer`: what was said of
    it.
    """

    find: Find
    places: tuple[Place, ...]
    answer: FindAnswer | None = None

    @property
    def where(self) -> str:
        return "; ".join(place.label for place in self.places)


@once_a_page
def asked_about(practice: SchoolPractice) -> tuple[Asked, ...]:
    """All finds in the text as it stands now, in its order. Three queries, and some hundredths of a second
    for a long text.
    """
    answers = {answer.key: answer for answer in FindAnswer.objects.filter(practice=practice).order_by("pk")}
    found: dict[str, Asked] = {}
    for place, find in finds_of(practice):
        known = found.get(find.key)
        if known is None:
            found[find.key] = Asked(find, (place,), answers.get(find.key))
        elif place not in known.places:
            found[find.key] = replace(known, places=(*known.places, place))
    return tuple(found.values())


def finds_of(practice: SchoolPractice) -> Iterator[tuple[Place, Find]]:
    """Every find of every text, with its place."""
    own = people_of_school({authorship.person_id for authorship in practice.authorships.all()})
    for place, text in texts_of(practice):
        yield from ((place, find) for find in finds(text, own))


def waiting_in(practice: SchoolPractice) -> tuple[Asked, ...]:
    """Those that nobody has answered: with one of them the practice does not leave."""
    return tuple(one for one in asked_about(practice) if one.answer is None)


def alike(one: Asked, every: Iterable[Asked]) -> list[Asked]:
    """The others that wait with the same word, taken for the same: a name stands in a text more than once."""
    return [
        other
        for other in every
        if other.find.key != one.find.key
        and other.answer is None
        and (other.find.kind, other.find.fragment) == (one.find.kind, one.find.fragment)
    ]


def people_of_school(authors: Collection[int] = ()) -> OwnPeople:
    """Everybody of the school by name; no row is read to be shown. `authors`: keys of those who wrote the
    text.
    """
    rows = Person.objects.order_by("pk").values_list("pk", "last_name", "first_name", "middle_name", "gender")
    return OwnPeople(
        [
            Someone(last, first, middle, gender, is_author=pk in authors)
            for pk, last, first, middle, gender in rows
        ]
    )
