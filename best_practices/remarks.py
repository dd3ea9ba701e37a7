"""Remarks tied to fields of a practice: which go to the school, and in which order nothing tells whose they
are.
"""

import re
from collections.abc import Iterable, Mapping

from django.db.models import F, Q, QuerySet

from best_practices.fields import PLACES, REMARKABLE
from best_practices.letters import FieldRemark
from best_practices.models import Practice, Remark, Review
from best_practices.sheet import LONGEST_REMARK
from best_practices.states import ReviewState
from portal.accounts.models import User
from portal.core import clock
from portal.documents.names import name_forms
from portal.documents.names.words import plain

_CAPITAL = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]+")
SIGNED = "Уберите из замечаний свою фамилию: авторы их прочитают, а кто вы, знать не должны."


def in_order(remarks: Iterable[Remark]) -> list[Remark]:
    """By field as the text is read; those of one field by their own numbers, which tell of nobody."""
    return sorted(remarks, key=lambda one: (PLACES.get(one.field, len(PLACES)), str(one.uuid)))


def of_practice(practice: Practice) -> list[Remark]:
    """All of sheets that were handed in and of the methodist, the present revision first; one query."""
    rows = in_order(_that_count(practice))
    return sorted(rows, key=lambda one: -one.revision)


def own_of_city(practice: Practice) -> dict[str, str]:
    """The methodist's about the present revision, by fields."""
    rows = Remark.objects.filter(practice=practice, revision=practice.revision, review=None)
    return dict(rows.order_by("pk").values_list("field", "text"))


def _that_count(practice: Practice) -> QuerySet[Remark]:
    counts = Q(review=None) | Q(review__state=ReviewState.SUBMITTED)
    return Remark.objects.filter(counts, practice=practice).annotate(sheet=F("review__uuid"))


def fit(remarks: Iterable[tuple[str, str]]) -> bool:
    """Each to a field that has remarks, and of a length that is read."""
    return all(field in REMARKABLE and len(words) <= LONGEST_REMARK for field, words in remarks)


def is_signed(review: Review, remarks: Iterable[tuple[str, str]]) -> bool:
    """Whether the expert has written the own surname: the authors read these words."""
    user = User.objects.get(pk=review.expert)
    own = set(name_forms(user.last_name, "", ""))
    return any(plain(word) in own for _, words in remarks for word in _CAPITAL.findall(words))


def write_of_sheet(review: Review, remarks: Iterable[tuple[str, str]]) -> None:
    """What an expert hands in with the sheet."""
    Remark.objects.bulk_create(
        Remark(
            practice_id=review.practice_id,
            review=review,
            revision=review.revision,
            field=field,
            text=words.strip(),
            created_by=review.expert,
        )
        for field, words in remarks
        if words.strip()
    )


def going_to_school(practice: Practice) -> list[FieldRemark]:
    """Of sheets that count, and of the methodist, about the present revision."""
    rows = _that_count(practice).filter(revision=practice.revision)
    return [FieldRemark(remark=one.uuid, field=one.field, text=one.text) for one in in_order(rows)]


def keep_answers(practice: Practice, answers: Mapping[str, tuple[bool, str]]) -> None:
    """What the authors have answered, by the numbers of remarks."""
    for one in Remark.objects.filter(practice=practice, uuid__in=list(answers)).order_by("pk"):
        one.is_mended, one.answer = answers[str(one.uuid)]
        one.answered_on = clock.today()
        one.save_change("is_mended", "answer", "answered_on")
