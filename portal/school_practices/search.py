"""Search of the school's own practices, by the engine of the city's bank (docs/adr/0046). For each question a
small index is made of what its reader may see, so another's draft is neither found nor counted, mends no word
and is suggested to nobody; nothing of it leaves the school.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.http import urlencode

from best_practices.questions import ORDERS, Asked
from best_practices.search import FILE, fields_of
from portal.core import clock
from portal.core.actor import Actor
from portal.core.finding import SHOWN, Finder, Line, Lines
from portal.school_practices.models import Authorship, PracticeAttachment, PracticeWords, SchoolPractice
from portal.school_practices.selectors import AUTHORS
from portal.school_practices.sending import content_of
from portal.search.engine import FARTHEST, Document, Found, Hit, Query, Text
from portal.search.postgres_index import analyse, analysis_mark
from portal.search.small import Cut, SmallIndex, Words, kept, with_more, words_of

PAGE, LONGEST = 10, 500
MOST_OF_A_FILE, MOST_OF_FILES = 20_000, 60_000
"""Letters of the files of a practice that are searched: what a file is about stands in its beginning."""
_WORDS = [f"words__{column}" for column in Words._fields]


class AskedAtHome(Asked):
    """A question to the school's own bank, as its address tells it."""

    FACETS: ClassVar = ("state", "nomination")
    PAGE: ClassVar = "school_practices:practices"
    ORDERS: ClassVar = ORDERS


def keep_words(practice: SchoolPractice) -> None:
    """In the transaction of every change of its text."""
    texts = _texts_of_files([practice.pk])
    words = kept(_document_of(practice, texts[practice.pk])) | {"updated_at": clock.now()}
    PracticeWords.objects.update_or_create(practice=practice, defaults=words)


def to_cut() -> QuerySet[SchoolPractice]:
    """What was written before the school's bank was searched, was cut by another analysis, or has changed
    since: a release that is on its way out does not cut.
    """
    is_cut = Q(words__made=analysis_mark(), words__updated_at__gte=F("updated_at"))
    return SchoolPractice.objects.exclude(pk__in=SchoolPractice.objects.filter(is_cut).values("pk"))


def search_school_bank(by: Actor, query: Query) -> tuple[Found, list["Shown"]]:
    """What the reader may see, by the rule of the city's bank."""
    bank = _Bank(by)
    found = bank.index.search(query)
    return found, [Shown(hit, bank.shown[hit.uuid]) for hit in found.hits]


def continued(by: Actor, text: str, most: int) -> list[str]:
    """What is being typed, continued by words of what the reader may see."""
    return _Bank(by).index.suggest(text, most)


@dataclass(frozen=True)
class Shown:
    """A hit with its practice."""

    hit: Hit
    practice: SchoolPractice


class FoundPractices:
    """What answers a question, for whoever cuts it into pages."""

    def __init__(self, by: Actor, text: str) -> None:
        self.bank, self.text = _Bank(by), text[:LONGEST]

    def __len__(self) -> int:
        return self.bank.index.search(Query(self.text, limit=1, counts_facets=False)).total

    def __getitem__(self, wanted: slice) -> list[SchoolPractice]:
        start, stop = wanted.start or 0, wanted.stop
        if stop <= start or start > FARTHEST:
            return []
        found = self.bank.index.search(Query(self.text, {}, start, stop - start, counts_facets=False))
        rows = [self.bank.shown[hit.uuid] for hit in found.hits]
        prefetch_related_objects(rows, AUTHORS)
        return rows


class _Bank:
    """Of one reader, for one question. Two questions to the database, one more for what has not been cut, and
    one for the page.
    """

    def __init__(self, by: Actor) -> None:
        self.seen = SchoolPractice.objects.visible_to(by)
        self.about = self._about()
        self.shown: dict[UUID, SchoolPractice] = {}
        self.index = SmallIndex(list(self._cut()), self._texts)

    def _about(self) -> dict[int, str]:
        """By whom, of each practice; it is not kept, for names change and belong to one school."""
        rows = Authorship.objects.filter(practice__in=self.seen).order_by("practice", "place", "id")
        names: dict[int, list[str]] = {}
        for practice, *name in rows.values_list("practice_id", *_NAME):
            names.setdefault(practice, []).append(" ".join(filter(None, name)))
        return {practice: ". ".join(every) for practice, every in names.items()}

    def _cut(self) -> Iterable[Cut]:
        columns = ("pk", "uuid", "state", "nomination", "updated_at", "mirror_code", "words__made", *_WORDS)
        rows = list(self.seen.order_by("pk").values_list(*columns))
        mark = analysis_mark()
        anew = self._cut_anew([pk for pk, *_, made, _, _, _, _ in rows if made != mark])
        for pk, uuid, state, nomination, changed, code, _, *words in rows:
            about = Text(about_of(code, self.about.get(pk, "")))
            more = analyse(Document(uuid, "", {"about": about}))
            facets = {"state": [state], "nomination": [nomination] if nomination else []}
            day = clock.local(changed).date()
            yield Cut(uuid, with_more(anew[pk] if pk in anew else Words(*words), more), facets, day)

    def _cut_anew(self, keys: Sequence[int]) -> dict[int, Words]:
        rows = SchoolPractice.objects.filter(pk__in=keys) if keys else ()
        texts = _texts_of_files(keys) if keys else {}
        return {one.pk: words_of(_document_of(one, texts[one.pk])) for one in rows}

    def _texts(self, uuids: Sequence[UUID]) -> Iterable[Document]:
        found = list(self.seen.filter(uuid__in=uuids).order_by("pk"))
        self.shown |= {one.uuid: one for one in found}
        texts = _texts_of_files([one.pk for one in found])
        for one in found:
            about = about_of(one.mirror_code, self.about.get(one.pk, ""))
            yield _document_of(one, texts[one.pk], about)


def about_of(code: str, authors: str) -> str:
    return f"{code}. {authors}" if code else authors


_NAME = ("person__last_name", "person__first_name", "person__middle_name")


def _texts_of_files(keys: Sequence[int]) -> dict[int, dict[str, str]]:
    """What the attached files of practices say, as far as it is searched: a field of each, one question."""
    rows = PracticeAttachment.objects.filter(practice__in=keys).exclude(text="").order_by("practice", "pk")
    found: dict[int, dict[str, str]] = {key: {} for key in keys}
    for key, number, title, text in rows.values_list("practice_id", "pk", "title", _BEGINNING):
        left = MOST_OF_FILES - sum(map(len, found[key].values()))
        if left > 0:
            found[key][f"{FILE}{number}:{title}"] = text[:left]
    return found


_BEGINNING = Left("text", MOST_OF_A_FILE)


def _document_of(practice: SchoolPractice, files: Mapping[str, str], about: str = "") -> Document:
    more = {**files, "about": about} if about else files
    fields = fields_of(content_of(practice)) | {name: Text(text) for name, text in more.items()}
    return Document(practice.uuid, practice.title, fields)


def _may(by: Actor) -> bool:
    return by.serves and by.can("school_practice:draft")


def _find(by: Actor, text: str) -> Lines:
    found, shown = search_school_bank(by, Query(text, limit=SHOWN, counts_facets=False))
    url = f"{reverse(AskedAtHome.PAGE)}?{urlencode({'q': text})}"
    return Lines(tuple(_line(one.practice) for one in shown), found.total, url)


def _line(practice: SchoolPractice) -> Line:
    url = reverse("school_practices:practice", args=[practice.uuid])
    return Line(practice.title, url, practice.get_state_display())


OWN = Finder("практика", "Практики школы", "lightbulb", 15, _may, _find)
"""The school's own practices, as the box in the head of a page finds them."""
