"""Remarks of the city to fields of a practice that came back: kept as they came, answered by the authors, and
the answers that leave with the mended revision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from best_practices.letters import FieldRemark, RemarkAnswered
from portal.core.actor import Actor
from portal.school_practices.models import CityRemark, SchoolPractice
from portal.school_practices.states import SchoolPracticeState as S

LONGEST_ANSWER = 1000


@dataclass(frozen=True)
class RemarkAnswer:
    """What the authors say to one remark."""

    is_mended: bool = False
    words: str = ""


def remarks_of(practice: SchoolPractice) -> list[CityRemark]:
    """About the revision that came back, while it is mended; one query then, none otherwise."""
    if practice.state != S.RETURNED_MUNICIPAL:
        return []
    return list(practice.city_remarks.filter(revision=practice.revision).order_by("pk"))


def all_remarks_of(practice: SchoolPractice) -> list[CityRemark]:
    """Of all revisions, the latest first."""
    return list(practice.city_remarks.order_by("-revision", "pk"))


def unanswered(practice: SchoolPractice) -> list[CityRemark]:
    """With one of them the mended revision does not leave."""
    return [one for one in remarks_of(practice) if not one.is_answered]


def keep_remarks(practice: SchoolPractice, remarks: Iterable[FieldRemark]) -> None:
    """As the city's letter brings them, in its order."""
    for one in remarks:
        CityRemark.objects.get_or_create(
            uuid=one.remark,
            defaults={
                "practice": practice,
                "revision": practice.revision,
                "field": one.field,
                "text": one.text,
            },
        )


def write_answers(practice: SchoolPractice, answers: Mapping[UUID, RemarkAnswer], by: Actor) -> bool:
    """Whether anything was new. The practice is locked, and who writes may edit it."""
    changed = False
    for one in remarks_of(practice) if answers else []:
        said = answers.get(one.uuid)
        if said is None or (one.is_mended, one.answer) == (said.is_mended, said.words.strip()):
            continue
        one.is_mended, one.answer, changed = said.is_mended, said.words.strip(), True
        one.save_change("is_mended", "answer")
    if changed:
        practice.remarks_waiting = len(unanswered(practice))
        SchoolPractice.objects.filter(pk=practice.pk).update(remarks_waiting=practice.remarks_waiting)
    return changed


def put_answer(practice: SchoolPractice, number: int, words: str) -> None:
    """Another text of the answer to the remark of this number, as `remarks_of` gives them."""
    one = remarks_of(practice)[number]
    one.answer = words[:LONGEST_ANSWER]
    one.save_change("answer")


def answers_of(practice: SchoolPractice, revision: int) -> list[RemarkAnswered]:
    """To the remarks about that revision, as they leave."""
    rows = practice.city_remarks.filter(revision=revision).order_by("pk")
    return [RemarkAnswered(remark=one.uuid, mended=one.is_mended, words=one.answer) for one in rows]
