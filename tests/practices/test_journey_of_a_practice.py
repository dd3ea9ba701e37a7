"""From a draft in school 5 to the bank that a teacher of school 12 searches; and what the city cannot see
before.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from best_practices import search
from best_practices import services as city
from best_practices.models import BankPractice, ExpertCandidate, Practice, Review
from best_practices.states import PracticeState
from best_practices.workflow import PRACTICE
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.demo.cast import BY_KEY
from portal.school_practices import access, services
from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import SchoolPracticeState as S
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import DisclosureLine
from portal.staff.models import PersonalConsent
from tenants import post
from tenants.models import School
from tests.practices.conftest import consent_to_publish, expert
from tests.practices.sheets import hand_in

ActorOf = Callable[..., Actor]
Inside = Callable[[School], Any]


def in_school_bank(
    practice: SchoolPractice, school: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    with inside(school):
        SCHOOL_PRACTICE.move(practice, "submit", by=actor("boris"))
        services.review_practice(access.practice_for(actor("lev"), practice.uuid), by=actor("lev"), **sheet)
        SCHOOL_PRACTICE.move(practice, "accept", by=actor("lev"))


def handed_over(
    practice: SchoolPractice, school: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> Practice:
    in_school_bank(practice, school, inside, actor, sheet)
    with inside(school):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(practice, "hand_over", by=actor("zhanna"))
    post.deliver_everything()
    return Practice.objects.get(practice=practice.uuid)


def reviewed(practice: Practice, actor: ActorOf, sheets: list[dict[str, Any]]) -> Practice:
    darya = actor("darya")
    PRACTICE.move(practice, "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya)
    PRACTICE.move(practice, "start_review", by=darya)
    for key, sheet in zip(("nina", "pavel"), sheets, strict=True):
        hand_in(Review.objects.get(expert=BY_KEY[key].uuid, practice=practice), sheet, by=actor(key))
    return Practice.objects.get(pk=practice.pk)


def everything_in_public(needle: str) -> list[str]:
    """Every table of public which holds the text anywhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND "
            "has_table_privilege(oid, 'SELECT')"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM public."{table}" t WHERE t::text ILIKE %s', [f"%{needle}%"])
            found += [table] if cursor.fetchone()[0] else []
        return found


@pytest.mark.covers("SM-10.submit", "SM-10.accept", "house: two contours")
def test_the_city_knows_nothing_before_the_hand_over(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    post.deliver_everything()
    assert everything_in_public(str(drafted.uuid)) == everything_in_public(drafted.title) == []
    with inside(school5):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
    post.deliver_everything()
    assert "best_practices_practice" in everything_in_public(str(drafted.uuid))


@pytest.mark.covers("SM-10.hand_over", "T-29")
def test_the_principal_hands_over_with_the_authors_consent_only(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        with pytest.raises(Conflict, match="T-29"):
            SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
        consent_to_publish("boris")
        with pytest.raises(Forbidden):
            SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("anna"))
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
        line = DisclosureLine.objects.get(object_uuid=drafted.uuid)
        assert (line.actor, line.kind) == (BY_KEY["zhanna"].uuid, "best_practices.handed_over")


@pytest.mark.covers("SM-10.hand_over", "T-29")
def test_only_what_the_author_lets_be_published_leaves_the_school(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        consent_to_publish("boris", "results")
        with pytest.raises(Conflict, match="не разрешил публиковать фамилию"):
            SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
        PersonalConsent.objects.update(data_allowed=["name", "results"])
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
    post.deliver_everything()
    assert Practice.objects.get(practice=drafted.uuid).authors == [
        {"full_name": "Кравцов Борис Ильич", "position": "", "role": ""}
    ]


@pytest.mark.covers("SM-10.accept", "T-36")
def test_an_author_does_not_review_and_a_low_mean_does_not_enter_the_bank(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    with inside(school5):
        SCHOOL_PRACTICE.move(drafted, "submit", by=actor("boris"))
        practice = access.practice_for(actor("boris"), drafted.uuid)
        with pytest.raises(Forbidden):
            services.review_practice(practice, by=actor("boris"), **sheet)
        services.review_practice(
            access.practice_for(actor("lev"), drafted.uuid),
            by=actor("lev"),
            **{**sheet, "scores": dict.fromkeys(sheet["scores"], 4)},
        )
        with pytest.raises(Conflict, match="25"):
            SCHOOL_PRACTICE.move(drafted, "accept", by=actor("lev"))
        services.review_practice(access.practice_for(actor("lev"), drafted.uuid), by=actor("lev"), **sheet)
        assert SCHOOL_PRACTICE.move(drafted, "accept", by=actor("lev")).state == S.SCHOOL_BANK


@pytest.mark.covers("SM-10.start_review", "SM-10.recommend", "SM-10.publish")
def test_two_experts_of_other_schools_lead_to_the_bank_which_everyone_searches(
    drafted: SchoolPractice,
    school5: School,
    school12: School,
    inside: Inside,
    actor: ActorOf,
    sheet: dict[str, Any],
) -> None:
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, sheet])
    PRACTICE.move(practice, "recommend", by=actor("darya"))
    with pytest.raises(Forbidden):
        PRACTICE.move(practice, "publish", by=actor("darya"))
    PRACTICE.move(practice, "publish", by=actor("semyon"))
    post.deliver_everything()
    with inside(school5):
        mirrored = SchoolPractice.objects.get(uuid=drafted.uuid)
        assert (mirrored.state, mirrored.mirror_code) == (S.PUBLISHED, BankPractice.objects.get().code)
    with inside(school12):
        found, shown = search.search_bank(actor("gleb"), "наставничества молодых педагогов", {})
        assert [s.card.title for s in shown] == [drafted.title]
        assert found.total == 1


@pytest.mark.covers("SM-10.archive")
def test_a_card_taken_off_is_not_shown_even_by_a_stale_index(
    drafted: SchoolPractice,
    school5: School,
    school12: School,
    inside: Inside,
    actor: ActorOf,
    sheet: dict[str, Any],
) -> None:
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, sheet])
    for verb, key in (("recommend", "darya"), ("publish", "semyon")):
        PRACTICE.move(practice, verb, by=actor(key))
    BankPractice.objects.update(archived_on=clock.today())
    with inside(school12):
        assert search.search_bank(actor("gleb"), "наставник", {})[1] == []


@pytest.mark.parametrize(
    ("second", "state"),
    [
        ({"c1": 2, "c2": 2, "c3": 2, "c4": 2, "c5": 2}, PracticeState.REVIEW),
        ({"c1": 8, "c2": 8, "c3": 8, "c4": 8, "c5": 4}, PracticeState.RECOMMENDED),
    ],
    ids=["a dispute asks for a third", "agreement decides"],
)
@pytest.mark.covers("SM-10.arbitrate")
def test_a_dispute_needs_a_third_expert(
    second: dict[str, int],
    state: str,
    drafted: SchoolPractice,
    school5: School,
    inside: Inside,
    actor: ActorOf,
    sheet: dict[str, Any],
) -> None:
    practice = reviewed(
        handed_over(drafted, school5, inside, actor, sheet), actor, [sheet, {**sheet, "scores": second}]
    )
    if state == PracticeState.RECOMMENDED:
        assert PRACTICE.move(practice, "recommend", by=actor("darya")).state == state
    else:
        with pytest.raises(Conflict):
            PRACTICE.move(practice, "recommend", by=actor("darya"))
        with pytest.raises(Forbidden):
            PRACTICE.move(practice, "arbitrate", by=actor("darya"))
        with pytest.raises(Conflict, match="третьего"):
            PRACTICE.move(practice, "arbitrate", by=Actor.system(via="workflow"))
        city.assign_expert(practice, expert("gleb"), by=actor("darya"))
        assert Practice.objects.get().state == PracticeState.ARBITRATION, "no second press is needed"


def test_an_expert_never_reviews_a_practice_of_the_own_school(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    practice = handed_over(drafted, school5, inside, actor, sheet)
    PRACTICE.move(practice, "receive", by=actor("darya"))
    own = expert("lev")
    with pytest.raises(Invalid, match="связан с практикой"):
        city.assign_expert(practice, own, by=actor("darya"))
    other = expert("nina")
    assert city.assign_expert(practice, other, by=actor("darya")).expert == BY_KEY["nina"].uuid
    assert ExpertCandidate.objects.count() == 2


@pytest.mark.covers("SM-10.return (practice)", "SM-10.resubmit (school_practice)")
def test_a_returned_practice_comes_back_once(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: ActorOf, sheet: dict[str, Any]
) -> None:
    middling = {**sheet, "scores": dict.fromkeys(sheet["scores"], 6), "recommendation": "revise"}
    practice = reviewed(handed_over(drafted, school5, inside, actor, sheet), actor, [middling, middling])
    PRACTICE.move(
        practice, "return", by=actor("darya"), comment="Добавьте измеренный результат за вторую четверть."
    )
    post.deliver_everything()
    with inside(school5):
        back = access.practice_for(actor("boris"), drafted.uuid)
        assert (back.state, back.mirror_comment[:8]) == (S.RETURNED_MUNICIPAL, "Добавьте")
        services.edit_practice(back, by=actor("boris"), goal=back.goal + " Проверяем вторую четверть.")
        SCHOOL_PRACTICE.move(back, "resubmit", by=actor("zhanna"))
    post.deliver_everything()
    assert Practice.objects.get(pk=practice.pk).state == PracticeState.SUBMITTED
