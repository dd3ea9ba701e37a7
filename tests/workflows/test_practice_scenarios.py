"""SM-10 in the school and in the city, and the expert's sheet: every transition, every guard met and
unmet.
"""

import pytest

from portal.school_practices import access
from portal.school_practices.models import PracticeRevision, SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.staff.models import PersonalConsent
from portal.staff.workflow import CONSENT
from tests.workflows.acting import who
from tests.workflows.practice_scenes import (
    REMARK,
    answered,
    consent,
    content,
    drafted,
    handed_over,
    in_review,
    reviewed,
)
from tests.workflows.scenarios import Change, Scenario, change, walk

# ── In the school ───────────────────────────────────────────────────────────────────────────────────


def texts_kept(count: int) -> Change:
    """Each submission keeps its text for ever."""

    def step(practice: SchoolPractice) -> None:
        kept = PracticeRevision.objects.filter(practice=practice).order_by("number")
        assert [row.number for row in kept] == [*range(1, count + 1)]
        assert kept.last().content["title"] == practice.title  # type: ignore[union-attr]

    return step


def nobody_may_delete(practice: SchoolPractice) -> None:
    """Its texts were handed in and kept; only a draft that nobody has seen is thrown away."""
    assert not access.can_discard_practice(who("boris"), practice)


MIRRORED = (
    "formal_check",
    "municipal_review",
    "arbitration",
    "returned_municipal",
    "recommended",
    "published",
    "rejected",
    "archived",
)
NAMED = f"{content()['goal']} Первым поднял руку ученик Петя."
IN_SCHOOL = {
    "into the bank": Scenario("draft", drafted, (
        ("lev", "submit", {}, "forbidden"), change(goal="коротко"), ("boris", "submit", {}, "complete"),
        change(goal=content()["goal"], has_no_pupil_data=False),
        ("boris", "submit", {}, "pupils"), change(has_no_pupil_data=True),
        ("boris", "submit", {}, "school_review"), texts_kept(1), ("boris", "accept", {}, "forbidden"),
        ("lev", "return", {}, "comment_required"),
        ("lev", "return", {"comment": "Допишите"}, "returned_school"),
        ("boris", "submit", {}, "school_review"), texts_kept(2),
        ("lev", "take_back", {}, "forbidden"), ("boris", "take_back", {}, "returned_school"),
        change(goal=f"{content()['goal']} Поправлено."), ("boris", "submit", {}, "school_review"),
        texts_kept(3),
        ("lev", "accept", {}, "reviewed"), reviewed(4), ("lev", "accept", {}, "threshold"), reviewed(8),
        ("lev", "accept", {}, "school_bank"),
        ("anna", "hand_over", {}, "forbidden"), ("zhanna", "hand_over", {}, "consents"), consent("given"),
        change(goal=NAMED), ("zhanna", "hand_over", {}, "personal_data"), change(goal=content()["goal"]),
        ("zhanna", "hand_over", {}, "submitted_municipal"),
    )),
    "not accepted": Scenario("school_review", in_review, (
        ("lev", "reject", {"comment": "не о том"}, "reviewed"), reviewed(2),
        ("lev", "reject", {}, "comment_required"),
        ("lev", "reject", {"comment": "не о том"}, "rejected_school"),
    )),
    "sent again": Scenario("submitted_municipal", handed_over, (
        ("time", "city_returned_municipal", {"comment": "Добавьте числа", "remarks": (REMARK,)},
         "returned_municipal"),
        change(goal="коротко"),
        ("zhanna", "resubmit", {}, "complete"), change(goal=content()["goal"], has_image_consents=False),
        ("zhanna", "resubmit", {}, "pupils"),
        change(has_image_consents=True), ("zhanna", "resubmit", {}, "remarks"), answered,
        consent("withdrawn"), ("zhanna", "resubmit", {}, "consents"),
        consent("given"), change(goal=NAMED), ("zhanna", "resubmit", {}, "personal_data"),
        change(goal=content()["goal"], city_submissions=2),
        ("zhanna", "resubmit", {}, "resubmission"), change(city_submissions=1),
        ("anna", "resubmit", {}, "forbidden"),
        ("zhanna", "resubmit", {}, "submitted_municipal"),
    )),
    "a new text": Scenario("submitted_municipal", handed_over, (
        ("time", "city_published", {"comment": ""}, "published"),
        ("zhanna", "renew", {}, "forbidden"), ("boris", "renew", {}, "renewing"),
        ("lev", "keep_former", {}, "forbidden"), ("boris", "keep_former", {}, "published"),
        ("boris", "renew", {}, "renewing"), change(goal=f"{content()['goal']} Поправлено."),
        ("anna", "resubmit", {}, "forbidden"), ("zhanna", "resubmit", {}, "submitted_municipal"),
        texts_kept(2),
    )),
    "taken back": Scenario("submitted_municipal", handed_over, (
        ("boris", "recall", {"comment": "сам"}, "forbidden"), ("zhanna", "recall", {}, "comment_required"),
        ("zhanna", "recall", {"comment": "ошибка"}, "recalled"),
        ("zhanna", "again", {}, "forbidden"), ("boris", "again", {}, "draft"),
        nobody_may_delete, ("boris", "submit", {}, "school_review"),
    )),
    "a mirror of the city": Scenario("submitted_municipal", handed_over, (
        ("zhanna", "city_published", {}, "forbidden"),
        *(("time", f"city_{state}", {"comment": ""}, state) for state in MIRRORED),
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_SCHOOL)
@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers(
    "SM-10.submit", "SM-10.take_back",
    "SM-10.return (school_practice)", "SM-10.accept", "SM-10.reject (school_practice)",
    "SM-10.hand_over", "SM-10.resubmit (school_practice)",
    "SM-10.recall (school_practice)", "SM-10.renew", "SM-10.again", "SM-10.keep_former (school_practice)",
    "SM-10.city_formal_check", "SM-10.city_municipal_review",
    "SM-10.city_arbitration", "SM-10.city_returned_municipal", "SM-10.city_recommended",
    "SM-10.city_published", "SM-10.city_rejected",
    "SM-10.city_archived", "seed 4.2.5", "seed 6.1.shmo.9",
)  # fmt: skip
def test_a_practice_in_the_school(name: str) -> None:
    walk(SCHOOL_PRACTICE, IN_SCHOOL[name], who)


@pytest.mark.usefixtures("in_school5")
@pytest.mark.covers("SM-1.withdraw (personal_consent)", "SM-10.recall (school_practice)", "T-29")
def test_a_consent_taken_back_takes_the_practice_out_of_the_city() -> None:
    practice = handed_over(who)
    CONSENT.move(PersonalConsent.objects.get(kind="distribution"), "withdraw", by=who("boris"))
    practice.refresh_from_db()
    assert practice.state == "recalled"
