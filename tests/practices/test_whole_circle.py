"""The circle walked whole: from a programme that is over through two schools, a silent and a late expert and
an arbiter into the bank; taken by three schools, failed twice, written anew, taken off.
"""

from collections.abc import Callable
from typing import Any

from django.test import Client

from best_practices import search
from best_practices import services as city
from best_practices.counted import evidence_of
from best_practices.evidence import Grade
from best_practices.models import BankPractice, Practice, PracticeRecheck, Review
from best_practices.services.adoptions import answer_recheck
from best_practices.states import PracticeState, ReviewState
from best_practices.workflow import PRACTICE, REVIEW
from best_practices.workflow.reviews import LaterTerm
from portal.accounts.models import Membership
from portal.core import clock
from portal.core.actor import Actor
from portal.pair_work.services import draft_from_programme
from portal.school_practices import access, services
from portal.school_practices.answering import Which, keep_find
from portal.school_practices.checking import waiting_in
from portal.school_practices.models import SchoolPractice
from portal.school_practices.selectors import bank_counts
from portal.school_practices.workflow import SCHOOL_PRACTICE
from tenants import post
from tenants.models import School
from tests.practices.assigned import BEGINS, DAY, agrees, night, of, sheet_of, told, user
from tests.practices.conftest import consent_to_publish, expert
from tests.practices.offered import EXPERTS, Inside
from tests.practices.sheets import hand_in
from tests.practices.test_evidence import adopted, said
from tests.workflows import mentoring_scenes as scene

ActorOf = Callable[..., Actor]
As = Callable[[str], Client]


def another_school(name: str, kind: str = "school") -> School:
    number = name.rsplit(" ", 1)[1]
    fields = {"full_name": name, "short_name": name, "inn": f"6731000{number}0", "kind": kind}
    return School.objects.create(code=f"school-{number}", number=int(number), state="active", **fields)


def told_by_boris(content: dict[str, Any], actor: ActorOf) -> SchoolPractice:
    """A draft from the programme; the author says what a programme does not know."""
    draft, _ = draft_from_programme(scene.completed(actor), by=actor("boris"))
    own = {"title", "tasks", "steps"}
    rest = {name: value for name, value in content.items() if name not in own}
    return services.edit_practice(
        draft,
        by=actor("boris"),
        version=draft.version,
        has_no_pupil_data=True,
        has_image_consents=True,
        **rest,
    )


def of_the_school(practice: SchoolPractice, by: Actor) -> SchoolPractice:
    return access.practice_for(by, practice.uuid)


def leaves(practice: SchoolPractice, verb: str, actor: ActorOf) -> None:
    """Every place that may tell of a person is answered; then the principal hands it over."""
    boris = actor("boris")
    for find in waiting_in(of_the_school(practice, boris)):
        keep_find(of_the_school(practice, boris), Which(find.find.key), by=boris)
    SCHOOL_PRACTICE.move(of_the_school(practice, actor("zhanna")), verb, by=actor("zhanna"))


def handed_over(
    content: dict[str, Any], sheet: dict[str, Any], school: School, inside: Inside, actor: ActorOf
) -> SchoolPractice:
    with inside(school):
        practice = told_by_boris(content, actor)
        SCHOOL_PRACTICE.move(practice, "submit", by=actor("boris"))
        services.review_practice(of_the_school(practice, actor("lev")), by=actor("lev"), **sheet)
        SCHOOL_PRACTICE.move(of_the_school(practice, actor("lev")), "accept", by=actor("lev"))
        consent_to_publish("boris")
        leaves(practice, "hand_over", actor)
    post.deliver_everything()
    return practice


def judged(actor: ActorOf) -> Practice:
    """Нина is silent, Павел late, Глеб stands in for her and disagrees, Тимур decides."""
    darya = actor("darya")
    practice = PRACTICE.move(Practice.objects.get(), "receive", by=darya)
    for key in ("nina", "pavel"):
        city.assign_expert(practice, expert(key), by=darya)
    PRACTICE.move(practice, "start_review", by=darya)
    city.name_reserve(practice, [user("gleb"), user("timur")], by=darya)
    agrees("pavel", actor)
    for number in (1, 4):
        night(number)
    assert (of("nina").state, of("gleb").state) == (ReviewState.REPLACED, ReviewState.INVITED)
    with clock.at(BEGINS + 5 * DAY):
        city.move_review(of("gleb"), "accept", by=actor("gleb"))
    night(25)
    assert told("pavel"), "a sheet that is late is asked for"
    with clock.at(BEGINS + 26 * DAY):
        asked = LaterTerm(until=(BEGINS + 40 * DAY).date())
        REVIEW.move(of("pavel"), "prolong", by=darya, asked=asked, comment="Болел")
        hand_in(of("pavel"), sheet_of(9), by=actor("pavel"))
        hand_in(of("gleb"), sheet_of(4), by=actor("gleb"))
        assert (Practice.objects.get().state, of("timur").stage) == (PracticeState.ARBITRATION, "arbitration")
        hand_in(of("timur"), sheet_of(9), by=actor("timur"))
        return PRACTICE.move(Practice.objects.get(), "recommend", by=darya)


def judged_anew(actor: ActorOf) -> Practice:
    """Those who judged the former text are asked first; whoever is not asked by the portal is by hand."""
    darya = actor("darya")
    practice = PRACTICE.move(Practice.objects.get(), "receive", by=darya)
    for key in ("pavel", "gleb"):
        if not Review.objects.filter(expert=user(key), revision=practice.revision).exists():
            city.assign_expert(practice, expert(key), by=darya)
    if practice.state == PracticeState.FORMAL_CHECK:
        PRACTICE.move(practice, "start_review", by=darya)
    for review in Review.objects.filter(revision=practice.revision, state__in=ReviewState.values[:2]):
        key = next(key for key in EXPERTS if user(key) == review.expert)
        hand_in(review, sheet_of(9), by=actor(key))
    return PRACTICE.move(Practice.objects.get(), "recommend", by=darya)


def test_from_a_programme_that_is_over_to_a_card_that_is_taken_off(
    content: dict[str, Any],
    sheet: dict[str, Any],
    school5: School,
    school12: School,
    inside: Inside,
    actor: ActorOf,
    as_: As,
) -> None:
    gymnasium, lyceum = another_school("Гимназия № 31", "gymnasium"), another_school("Школа № 40")
    Membership.objects.filter(user=user("timur")).update(school=lyceum)
    with clock.at(BEGINS):
        for key in EXPERTS:
            expert(key)
        practice = handed_over(content, sheet, school5, inside, actor)
        PRACTICE.move(judged(actor), "publish", by=actor("semyon"))
        post.deliver_everything()
    card = BankPractice.objects.get()
    assert card.title == practice.title
    assert evidence_of(card).grade in (Grade.REVIEWED, Grade.MEASURED)

    # three schools take it; it fails in two of them in the same conditions, and works in one
    taken = {school: adopted(card, school) for school in (school12, lyceum, gymnasium)}
    assert (evidence_of(card).in_work, evidence_of(card).ever) == (3, 3)
    for school, outcome in ((school12, "failed"), (lyceum, "failed"), (gymnasium, "worked")):
        said(taken[school], school, outcome)
    found = evidence_of(card)
    assert (found.in_work, found.ever) == (0, 3)
    assert (found.outcomes["failed"], found.outcomes["worked"]) == (2, 1)
    recheck = PracticeRecheck.objects.get()
    answer_recheck(recheck, answer="Попросили авторов дописать условия.", by=actor("darya"))

    # the authors write it anew: the former text stands in the bank till the new one is published
    with inside(school5):
        mine = SCHOOL_PRACTICE.move(of_the_school(practice, actor("boris")), "renew", by=actor("boris"))
        services.edit_practice(mine, by=actor("boris"), version=mine.version, timing="Девять недель")
        leaves(practice, "resubmit", actor)
    post.deliver_everything()
    assert BankPractice.objects.get().text.timing != "Девять недель"
    PRACTICE.move(judged_anew(actor), "publish", by=actor("semyon"))
    post.deliver_everything()
    renewed = BankPractice.objects.get()
    assert (renewed.uuid, renewed.code, renewed.text.timing) == (card.uuid, card.code, "Девять недель")
    assert renewed.revision > card.revision
    assert evidence_of(renewed).ever == 3, "figures stay with the practice"

    # taken off: the address says so, no list shows it, what came of it stays
    PRACTICE.move(Practice.objects.get(), "archive", by=actor("semyon"), comment="Сборник переиздан")
    post.deliver_everything()
    assert search.search_bank(actor("gleb"), "", {})[1] == []
    assert as_("gleb").get(f"/s/12/bank/{card.uuid}/").status_code == 410

    # and once more from the draft, by the same way
    with inside(school5):
        boris = actor("boris")
        SCHOOL_PRACTICE.move(of_the_school(practice, boris), "again", by=boris)
        assert bank_counts()["published"] == 0
        SCHOOL_PRACTICE.move(of_the_school(practice, boris), "submit", by=boris)
        services.review_practice(of_the_school(practice, actor("lev")), by=actor("lev"), **sheet)
        SCHOOL_PRACTICE.move(of_the_school(practice, actor("lev")), "accept", by=actor("lev"))
        leaves(practice, "hand_over", actor)
    post.deliver_everything()
    assert Practice.objects.get().state == PracticeState.SUBMITTED
    PRACTICE.move(Practice.objects.get(), "receive", by=actor("darya"))
    post.deliver_everything()
    with inside(school5):
        assert bank_counts()["published"] == 0, "its card is off, whatever number it has had"
