"""Who may be asked to judge a practice, how one becomes an expert, and that no practice is ever stuck for
want of one.
"""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from best_practices import services as city
from best_practices.interest import is_interested
from best_practices.models import ExpertCandidate, ExpertProposal, Practice
from best_practices.states import ReviewState
from best_practices.workflow import PRACTICE, REVIEW
from portal.city_records.models import Inbox
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.mentoring.models import Pair, PairMentee
from portal.school_practices import services
from portal.school_practices.models import ExpertOffer, SchoolPractice
from portal.school_practices.workflow import SCHOOL_PRACTICE
from portal.school_records.models import DisclosureLine, Outbox
from portal.staff.models import Person
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import consent_to_publish, expert
from tests.practices.offered import EXPERTS, Acting, As, Inside, also_in, came, offered
from tests.practices.sheets import hand_in
from tests.practices.test_journey_of_a_practice import in_school_bank

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
            key: Person.objects.get(uuid=BY_KEY[key].person)
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
    "AddressChange": "просит одна школа или сам человек; почта одна на все места",
    "NameProposal": "имя записала одна школа; остальным, у кого иначе, об этом пишут",
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
        "person": str(BY_KEY["lev"].person),
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
            Person.objects.get(uuid=BY_KEY["lev"].person),
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
