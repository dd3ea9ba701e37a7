"""Who may be asked to judge a practice, how one becomes an expert, and that no practice is ever stuck for
want of one.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from best_practices import services as city
from best_practices.content import AuthorCard, PracticeContent
from best_practices.interest import assignable, is_interested
from best_practices.letters import HandedOver
from best_practices.models import ExpertCandidate, ExpertProposal, Practice, Review
from best_practices.states import PracticeState, ReviewState
from best_practices.verdict import Advice, live, missing, verdict
from best_practices.workflow import PRACTICE, REVIEW
from portal.accounts.models import Membership
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, DomainError, Forbidden, Invalid
from portal.mentoring.models import Pair, PairMentee
from portal.school_practices import services
from portal.school_practices.models import ExpertOffer, SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import DisclosureLine, Outbox
from portal.staff.models import Employee
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import COMMENT, consent_to_publish, expert
from tests.practices.sheets import hand_in
from tests.practices.test_journey_of_a_practice import in_school_bank

Acting = Callable[..., Actor]
As = Callable[[str], Client]
Inside = Callable[[School], Any]
EXPERTS = ("nina", "pavel", "gleb", "timur")


def came(
    content: dict[str, Any],
    *,
    authors: tuple[str, ...] = ("Кравцов Борис Ильич",),
    not_ask: tuple[str, ...] = (),
) -> Practice:
    employees = {f"{p.last_name} {p.first_name} {p.middle_name}": p.employee for p in BY_KEY.values()}
    cards = [
        AuthorCard(full_name=name, position="учитель математики", employee=employees.get(name))
        for name in authors
    ]
    letter = HandedOver(
        practice=uuid4(),
        revision=1,
        content=PracticeContent.model_validate(content),
        authors=cards,
        school_total=38.0,
        not_ask=[BY_KEY[key].uuid for key in not_ask],
    )
    return city.receive_practice(letter, School.objects.get(number=5).uuid, None)


def also_in(key: str, number: int, **period: Any) -> None:
    school = School.objects.get(number=number)
    Membership.objects.create(
        user_id=BY_KEY[key].uuid,
        school=school,
        office="teacher",
        basis="совместительство",
        **{"valid_from": dt.date(2026, 9, 1), **period},
    )


def offered(practice: Practice) -> set[str]:
    people = {BY_KEY[key].uuid: key for key in BY_KEY}
    return {people[one.user_id] for one, _ in assignable(practice)}


# ── Conflict of interest ────────────────────────────────────────────────────────────────────────────


@pytest.mark.covers("found C3")
def test_nobody_bound_to_a_practice_is_asked_about_it(
    content: dict[str, Any], actor: Acting, school5: School
) -> None:
    """Each case of the kind: a second school, an author by an account of another school, the school's own
    list; and what is over binds nobody.
    """
    for key in EXPERTS:
        expert(key)
    practice, darya = PRACTICE.move(came(content), "receive", by=actor("darya")), actor("darya")
    assert offered(practice) == set(EXPERTS)
    also_in("nina", 5)
    also_in("pavel", 5, valid_from=dt.date(2025, 9, 1), valid_to=dt.date(2026, 5, 31))
    assert offered(practice) == {"pavel", "gleb", "timur"}, "all schools of today count, not the first one"
    with pytest.raises(Invalid, match="связан с практикой"):
        city.assign_expert(practice, ExpertCandidate.objects.get(user=BY_KEY["nina"].uuid), by=darya)
    gleb = BY_KEY["gleb"]
    assert offered(came(content, authors=(f"{gleb.last_name}  {gleb.first_name} {gleb.middle_name}",))) == {
        "pavel",
        "timur",
    }
    assert offered(came(content, not_ask=("pavel", "timur"))) == {"gleb"}
    also_in("pavel", 12)
    review = city.assign_expert(practice, ExpertCandidate.objects.get(user=gleb.uuid), by=darya)
    assert (review.expert_schools, offered(practice)) == (["Школа № 12"], set()), (
        "Тимур and Павел share a school with Глеб, Павел by his second one"
    )


@pytest.mark.covers("found C3")
def test_who_becomes_bound_after_the_asking_hands_in_no_sheet(
    content: dict[str, Any], actor: Acting, sheet: dict[str, Any]
) -> None:
    practice = PRACTICE.move(came(content), "receive", by=actor("darya"))
    review = city.assign_expert(practice, expert("nina"), by=actor("darya"))
    also_in("nina", 5)
    with pytest.raises(Conflict, match="связаны с её авторами"):
        hand_in(review, sheet, by=actor("nina"))
    gone = REVIEW.move(review, "withdraw", comment="перешла в школу авторов", by=actor("darya"))
    assert gone.state == ReviewState.WITHDRAWN


@pytest.mark.covers("found C3", "SM-10.hand_over")
def test_the_school_names_pairs_of_its_authors_and_the_list_goes_with_the_decision(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, as_: As, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        consent_to_publish("boris")
        people = {
            key: Employee.objects.get(uuid=BY_KEY[key].employee)
            for key in ("boris", "vera", "lev", "irina", "anna")
        }
        for mentor, mentee, ended in (
            ("boris", "vera", None),
            ("lev", "boris", clock.today() - dt.timedelta(days=900)),
            ("irina", "boris", clock.today() - dt.timedelta(days=1200)),
        ):
            pair = Pair.objects.create(
                mentor=people[mentor],
                kinds=["traditional"],
                planned_from=dt.date(2023, 9, 1),
                planned_to=dt.date(2027, 5, 31),
                ended_on=ended,
            )
            PairMentee.objects.create(pair=pair, mentee=people[mentee])
    page = (
        as_("zhanna").get(f"/s/5/practices/{drafted.uuid}/hand-over/").content.decode().replace("\xa0", " ")
    )
    assert all(BY_KEY[key].last_name in page for key in ("boris", "vera", "lev"))
    assert BY_KEY["irina"].last_name not in page, "over more than three years ago"
    with inside(school5):
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
    post.deliver_everything()
    practice = Practice.objects.get(practice=drafted.uuid)
    bound = {BY_KEY[key].uuid for key in ("boris", "vera", "lev")}
    assert set(practice.not_ask) == bound
    assert is_interested(practice, BY_KEY["vera"].uuid)
    PRACTICE.move(practice, "receive", by=actor("darya"))
    PRACTICE.move(practice, "return_incomplete", by=actor("darya"), comment="Нет шагов")
    post.deliver_everything()
    with inside(school5):
        kept = [Outbox.objects.get(kind="best_practices.handed_over").payload["not_ask"]]
    assert [
        *kept,
        Practice.objects.get().not_ask,
        Inbox.objects.get(kind="best_practices.handed_over").payload["not_ask"],
    ] == [[], [], []]


COPIES = {
    "Membership": "сама и есть запись о месте: по одной на каждую школу",
    "Invitation": "приглашает одна школа, человек может принять несколько",
    "PersonalToken": "ключ выдан для одного места, его выбрал человек",
    "ExpertProposal": "предлагает одна школа; из скольких школ человек, спрашивают у членств",
}


@pytest.mark.covers("found C3")
def test_no_table_of_the_city_copies_one_school_of_a_person() -> None:
    """Whoever keeps a person and a school in one row forgets the second school: each such table says why it
    does not.
    """
    from django.apps import apps

    from portal.core.contour import Contour, RoomConfig

    rooms = [
        config
        for config in apps.get_app_configs()
        if isinstance(config, RoomConfig) and config.contour == Contour.EXTERNAL
    ]
    found = set()
    for model in (model for room in rooms for model in room.get_models()):
        targets = {
            field.related_model.__name__ for field in model._meta.concrete_fields if field.related_model
        }
        persons = {field.name for field in model._meta.concrete_fields} & {
            "user",
            "expert",
            "used_by",
            "recipient",
            "reviewer",
        }
        if "School" in targets and persons:
            found.add(model.__name__)
    assert found == set(COPIES)


# ── The pool ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.covers("found C2")
def test_one_becomes_an_expert_by_the_own_word_and_leaves_by_it(
    as_: As, content: dict[str, Any], actor: Acting
) -> None:
    nina, darya = as_("nina"), as_("darya")
    assert "Стать экспертом" in nina.get("/me/").content.decode()
    assert (
        nina.post("/me/expert/", {"subjects": ["russian"], "repeat_key": uuid4().hex}).status_code == 422
    ), "without the word nothing is told"
    assert (
        nina.post(
            "/me/expert/", {"subjects": ["russian"], "agrees": "on", "repeat_key": uuid4().hex}
        ).status_code
        == 302
    )
    pool = darya.get("/practices/experts/").content.decode()
    assert ("Тарасова" in pool, "Ефимов" in pool, "собственное согласие" in pool) == (True, False, True)
    assert "Тарасова" not in darya.get("/practices/experts/?subject=physics").content.decode()
    assert "Тарасова" in darya.get("/practices/experts/?subject=russian&free=yes&name=тара").content.decode()
    practice = PRACTICE.move(came(content), "receive", by=actor("darya"))
    city.assign_expert(practice, ExpertCandidate.objects.get(), by=actor("darya"))
    assert "Тарасова" not in darya.get("/practices/experts/?free=yes").content.decode(), "a sheet waits"
    assert nina.post("/me/expert/leave/", {"repeat_key": uuid4().hex}).status_code == 302
    assert "Тарасова" not in darya.get("/practices/experts/").content.decode()
    assert as_("zoya").get("/me/expert/").status_code == 200
    with pytest.raises(Forbidden):
        city.join_pool(subjects=["russian"], by=actor("zoya"))


@pytest.mark.covers("found C2")
@pytest.mark.parametrize("said", ["yes", "no"])
def test_a_school_proposes_and_the_person_decides(
    said: str, as_: As, school5: School, inside: Inside, actor: Acting
) -> None:
    typed = {
        "employee": str(BY_KEY["lev"].employee),
        "subjects": ["russian"],
        "basis": "ведёт мастерскую школы",
        "repeat_key": uuid4().hex,
    }
    assert as_("lev").get("/s/5/practices/experts/").status_code == 403
    assert as_("anna").post("/s/5/practices/experts/", typed).status_code == 302
    with inside(school5):
        assert (
            DisclosureLine.objects.filter(
                kind="best_practices.expert_proposed", actor=BY_KEY["anna"].uuid
            ).count()
            == 1
        )
    post.deliver_everything()
    darya, lev, proposal = as_("darya"), as_("lev"), ExpertProposal.objects.get()
    assert "Захаров" not in darya.get("/practices/experts/").content.decode(), (
        "nobody is handed over by a proposal"
    )
    assert "Школа № 5 предлагает вас" in lev.get("/me/expert/").content.decode().replace("\xa0", " ")
    assert (
        as_("boris")
        .post(f"/me/expert/proposals/{proposal.uuid}/", {"answer": "yes", "repeat_key": uuid4().hex})
        .status_code
        == 404
    )
    assert (
        lev.post(
            f"/me/expert/proposals/{proposal.uuid}/", {"answer": said, "repeat_key": uuid4().hex}
        ).status_code
        == 302
    )
    post.deliver_everything()
    assert ("Захаров" in darya.get("/practices/experts/").content.decode()) == (said == "yes")
    assert not ExpertProposal.objects.exists()
    with inside(school5):
        assert ExpertOffer.objects.get().accepted == (said == "yes")
        again = services.propose_expert(
            Employee.objects.get(uuid=BY_KEY["lev"].employee),
            subjects=["russian"],
            basis="ещё раз",
            by=actor("anna"),
        )
    post.deliver_everything()
    with inside(school5):
        again.refresh_from_db()
        assert again.accepted == (True if said == "yes" else None), (
            "who is an expert already is not asked twice"
        )


def test_the_offer_is_short_and_the_fittest_come_first(
    content: dict[str, Any], as_: As, actor: Acting
) -> None:
    for key, subjects in (("nina", ["physics"]), ("pavel", ["mathematics"]), ("gleb", ["mathematics"])):
        city.join_pool(subjects=subjects, by=Actor(user=BY_KEY[key].uuid))
    practice = PRACTICE.move(came({**content, "subjects": ["математика"]}), "receive", by=actor("darya"))
    city.assign_expert(
        PRACTICE.move(came(content), "receive", by=actor("darya")),
        ExpertCandidate.objects.get(user=BY_KEY["pavel"].uuid),
        by=actor("darya"),
    )
    page = as_("darya").get(f"/practices/{practice.uuid}/").content.decode()
    assert page.index("Орлов") < page.index("Ефимов") < page.index("Тарасова"), (
        "of the subject and free, of the subject and busy, of another subject"
    )
    found = as_("darya").get(f"/practices/{practice.uuid}/?name=ефим").content.decode()
    assert ("Ефимов" in found, "Орлов" in found) == (True, False)


# ── Nothing is stuck ────────────────────────────────────────────────────────────────────────────────

ESCAPES = {"reject_copied", "return_incomplete"}
"""What a methodist may say of a text; no way on for want of experts."""
ENDS = {
    PracticeState.REJECTED: "решено", PracticeState.ARCHIVED: "решено",
    PracticeState.PUBLISHED: "снимает специалист", PracticeState.RETURNED: "передаёт директор",
}  # fmt: skip
OPEN = [state for state in PracticeState if state not in ENDS]
TWO = list(itertools.combinations_with_replacement(ReviewState, 2))
CASES = [
    (PracticeState.SUBMITTED, ()), (PracticeState.FORMAL_CHECK, ()),
    *((PracticeState.FORMAL_CHECK, (one,)) for one in ReviewState),
    *((state, two) for state in (PracticeState.REVIEW, PracticeState.ARBITRATION) for two in TWO),
    *((PracticeState.ARBITRATION,
            (ReviewState.SUBMITTED, ReviewState.SUBMITTED, one)) for one in ReviewState),
            (PracticeState.RECOMMENDED, ()),
]  # fmt: skip


def standing(practice: Practice, state: str, sheets: tuple[str, ...]) -> Practice:
    """The practice in this state with these assignments; sheets that are handed in disagree."""
    for key, one, score in zip(("nina", "pavel", "gleb"), sheets, (9, 4, 9), strict=False):
        filled = {
            "scores": dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), score),
            "total": score * 5,
            "recommendation": "publish",
            "comment": COMMENT,
        }
        Review.objects.create(
            practice=practice,
            expert=BY_KEY[key].uuid,
            due_on=clock.today(),
            state=one,
            **(filled if one == ReviewState.SUBMITTED else {}),
        )
    Practice.objects.filter(pk=practice.pk).update(state=state)
    return Practice.objects.prefetch_related("reviews").get(pk=practice.pk)


def moves(practice: Practice, by: Actor) -> Iterator[Callable[[], Any]]:
    """What an official can really press now, the usual before the last resort."""
    for review in live(practice):
        if review.state == ReviewState.ASSIGNED and any(offer.ready for offer in REVIEW.offers(review, by)):
            yield lambda review=review: REVIEW.move(review, "withdraw", comment="молчит", by=by)  # type: ignore[misc]
    gone = {review.expert for review in practice.reviews.all()}
    for one, _ in assignable(practice):
        if (missing(practice) or verdict(practice).advice is Advice.ARBITRATE) and one.user_id not in gone:
            yield lambda one=one: city.assign_expert(practice, one, by=by)  # type: ignore[misc]
    for offer in PRACTICE.offers(practice, by):
        if offer.ready and offer.transition.verb not in ESCAPES:
            yield lambda verb=offer.transition.verb: PRACTICE.move(  # type: ignore[misc]
                practice, verb, by=by, comment="Экспертов больше нет"
            )


@pytest.mark.covers("found A3")
@pytest.mark.parametrize("pool", [(), EXPERTS], ids=["nobody in the pool", "a pool"])
def test_with_every_expert_silent_each_practice_still_comes_to_an_end(
    pool: tuple[str, ...], content: dict[str, Any], actor: Acting
) -> None:
    """From every state, with assignments in every state: somebody in office always has a press that works,
    and the presses come to an end.
    """
    assert {state for state, _ in CASES} == set(OPEN), "a new state needs its cases"
    assert all(PRACTICE.transitions), ENDS
    for key in pool:
        expert(key)
    officials = [actor("darya"), actor("semyon")]
    stuck = []
    for state, sheets in CASES:
        with transaction.atomic():
            practice, presses = standing(came(content), state, sheets), 0
            while practice.state in OPEN and presses < 25:
                press = next((move for by in officials for move in moves(practice, by)), None)
                if press is None:
                    break
                press()
                presses = presses + 1
                practice = Practice.objects.prefetch_related("reviews").get(pk=practice.pk)
            if practice.state in OPEN:
                stuck.append((state, sheets, practice.state, presses))
            transaction.set_rollback(True)
    assert not stuck


@pytest.mark.covers("found A3")
def test_what_comes_back_without_an_opinion_costs_the_school_no_second_try(
    drafted: SchoolPractice, school5: School, inside: Inside, actor: Acting, sheet: dict[str, Any]
) -> None:
    in_school_bank(drafted, school5, inside, actor, sheet)
    with inside(school5):
        consent_to_publish("boris")
        SCHOOL_PRACTICE.move(drafted, "hand_over", by=actor("zhanna"))
    for _ in range(3):
        post.deliver_everything()
        practice = PRACTICE.move(Practice.objects.get(), "receive", by=actor("darya"))
        PRACTICE.move(practice, "return_unreviewed", by=actor("darya"), comment="Экспертов пока нет")
        post.deliver_everything()
        with inside(school5):
            mine = SchoolPractice.objects.get(pk=drafted.pk)
            assert (mine.state, mine.city_submissions) == ("returned_municipal", 0)
            assert any(
                offer.ready
                for offer in SCHOOL_PRACTICE.offers(mine, actor("zhanna"))
                if offer.transition.verb == "resubmit"
            )
            SCHOOL_PRACTICE.move(mine, "resubmit", by=actor("zhanna"))


@pytest.mark.covers("found A3")
def test_the_methodist_replaces_a_silent_expert_by_the_pages(
    content: dict[str, Any], as_: As, actor: Acting
) -> None:
    for key in EXPERTS:
        expert(key)
    practice = PRACTICE.move(came(content), "receive", by=actor("darya"))
    review = city.assign_expert(
        practice, ExpertCandidate.objects.get(user=BY_KEY["nina"].uuid), by=actor("darya")
    )
    Review.objects.filter(pk=review.pk).update(due_on=clock.today() - dt.timedelta(days=1))
    city.assign_expert(practice, ExpertCandidate.objects.get(user=BY_KEY["pavel"].uuid), by=actor("darya"))
    PRACTICE.move(practice, "start_review", by=actor("darya"))
    darya, page = as_("darya"), f"/practices/{practice.uuid}/"
    assert "Эксперт не сдал лист в срок" in darya.get("/").content.decode().replace("\xa0", " ")
    assert f"/expertise/{review.uuid}/withdraw/" in darya.get(page).content.decode()
    form = {"reason": "Лист не сдан в срок", "version": review.version, "repeat_key": uuid4().hex}
    assert darya.post(f"/expertise/{review.uuid}/withdraw/", form).status_code == 302
    assert "Эксперт выбыл, листов не хватает" in darya.get("/").content.decode().replace("\xa0", " ")
    assert as_("nina").get(f"/expertise/{review.uuid}/").status_code == 404
    assert "Лист не сдан в срок" in as_("nina").get("/notices/").content.decode().replace("\xa0", " ")
    with pytest.raises(DomainError):
        REVIEW.move(Review.objects.get(pk=review.pk), "withdraw", comment="ещё раз", by=actor("darya"))
    nobody = Membership.objects.filter(user=BY_KEY["pavel"].uuid)
    nobody.update(valid_to=clock.today() - dt.timedelta(days=1))
    waiting = Review.objects.get(expert=BY_KEY["pavel"].uuid)
    assert as_("pavel").get(f"/expertise/{waiting.uuid}/").status_code == 404, (
        "who has left every school judges no more"
    )
    assert offered(Practice.objects.get()) >= {"gleb"}
