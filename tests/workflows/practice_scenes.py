"""A practice on its way, for the scenarios of both contours."""

import tomllib
from typing import Any
from uuid import uuid4

from best_practices.letters import FieldRemark
from portal.core import clock
from portal.school_practices import access, services
from portal.school_practices.models import SchoolPractice, UnclearDescription
from portal.school_practices.remarks import RemarkAnswer
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.models import PersonalConsent
from tests.database import ROOT
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who
from tests.workflows.scenarios import Change

COMMENT = (
    "Практика описана честно и подробно: видно, с чего начинали, что делали по шагам и что изменилось за "
    "шесть недель. " * 2
)


def content() -> dict[str, Any]:
    path = sorted((ROOT / "portal/demo/content/practices").glob("*.toml"))[0]
    return {
        key: value
        for key, value in tomllib.loads(path.read_text()).items()
        if key not in ("school", "authors")
    }


def sheet(score: int, advice: str = "publish", **more: int) -> dict[str, Any]:
    return {
        "scores": {**dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), score), **more},
        "comment": COMMENT,
        "recommendation": advice,
    }


def handed_in(score: int, advice: str = "publish", comment: str = COMMENT, **more: Any) -> dict[str, Any]:
    """The same sheet, as it is typed."""
    scores = {**dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), score), **more}
    return {**scores, "comment": comment, "recommendation": advice}


def drafted(w: Any) -> SchoolPractice:
    made = services.draft_practice(
        authors=[scene.person("boris")],
        by=w("boris"),
        has_no_pupil_data=True,
        has_image_consents=True,
        **content(),
    )
    return access.practice_for(w("boris"), made.uuid)


def in_review(w: Any) -> SchoolPractice:
    return SCHOOL_PRACTICE.move(drafted(w), "submit", by=w("boris"))


def in_bank(w: Any) -> SchoolPractice:
    practice = in_review(w)
    reviewed(8)(practice)
    return SCHOOL_PRACTICE.move(practice, "accept", by=w("lev"))


def asked_about(w: Any) -> UnclearDescription:
    """Another school has not understood a practice of Борис."""
    return not_understood(in_bank(w))


def not_understood(practice: SchoolPractice) -> UnclearDescription:
    return UnclearDescription.objects.create(
        practice=practice,
        adoption=uuid4(),
        revision=1,
        words="Из третьего шага не понять, кто ведёт запись.",
        asked_on=clock.today(),
    )


def handed_over(w: Any) -> SchoolPractice:
    practice = in_bank(w)
    consent("given")(practice)
    return SCHOOL_PRACTICE.move(practice, "hand_over", by=w("zhanna"))


REMARK = FieldRemark(remark=uuid4(), field="goal", text="Назовите срок, к которому ждали результата.")


def answered(practice: SchoolPractice) -> None:
    """The author has mended what the city remarked."""
    found = access.practice_for(who("boris"), practice.uuid)
    services.edit_practice(found, by=who("boris"), answers={REMARK.remark: RemarkAnswer(is_mended=True)})


def reviewed(score: int) -> Change:
    return lambda practice: services.review_practice(
        access.practice_for(who("lev"), practice.uuid), by=who("lev"), **sheet(score)
    )


def consent(state: str) -> Change:
    """The author's T-29."""
    return lambda _: PersonalConsent.objects.update_or_create(
        person=scene.person("boris"),
        kind="distribution",
        defaults={"state": state, "given_on": clock.today(), "data_allowed": ["name"]},
    )
