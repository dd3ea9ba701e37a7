"""The pool of experts: what one says of the own place, who is proposed for a practice and why, what is known
of ties, and what experts have done.
"""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from best_practices import services as city
from best_practices.content import PracticeContent
from best_practices.expert_figures import Record, record_of
from best_practices.fit import fit_of, topics_of
from best_practices.interest import Conflict, interests, is_interested
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.proposing import SHOWN, Proposal, proposals
from best_practices.states import GONE, ReviewState
from best_practices.states import Refusal as WhyDeclined
from best_practices.workflow import PRACTICE
from best_practices.workflow.reviews import Declined
from portal.accounts.models import Membership
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid, Stale
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.conftest import COMMENT, expert
from tests.practices.offered import EXPERTS, Acting, As, also_in, came, offered


def by(key: str) -> Actor:
    return Actor(user=BY_KEY[key].uuid)


def place_of(key: str) -> ExpertCandidate:
    return ExpertCandidate.objects.get(user=BY_KEY[key].uuid)


def in_days(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def later(days: int) -> Any:
    return clock.at(clock.now() + dt.timedelta(days=days))


def checked(content: dict[str, Any], actor: Acting, **more: Any) -> Practice:
    return PRACTICE.move(came(content, **more), "receive", by=actor("darya"))


def asked(key: str, content: dict[str, Any], actor: Acting) -> Review:
    return city.assign_expert(checked(content, actor), place_of(key), by=actor("darya"))


def named(found: list[Proposal]) -> list[str]:
    keys = {f"{p.last_name} {p.first_name} {p.middle_name}": key for key, p in BY_KEY.items()}
    return [keys[one.name] for one in found]


# ── One's own place ─────────────────────────────────────────────────────────────────────────────────


def test_an_expert_says_what_one_knows_and_how_many_sheets_may_wait(as_: As) -> None:
    nina, url = as_("nina"), "/me/expert/"
    typed = {
        "subjects": ["russian"],
        "difficulties": ["psy_ped.motivation", "communication.parents"],
        "most_load": "2",
        "agrees": "on",
    }
    assert nina.post(url, {**typed, "repeat_key": uuid4().hex}).status_code == 302
    mine = place_of("nina")
    assert (mine.difficulties, mine.most_load) == (["psy_ped.motivation", "communication.parents"], 2)
    page = nina.get(url).content.decode()
    assert page.count("checked") == 4, "the subject, two difficulties and the word are as they were given"
    assert "Мотивация учеников" in as_("darya").get("/practices/experts/").content.decode()
    wrong = {**typed, "most_load": "9", "version": str(mine.version), "repeat_key": uuid4().hex}
    assert nina.post(url, wrong).status_code == 422
    for number, status in (("3", 302), ("4", 409)):
        late = {**typed, "most_load": number, "version": str(mine.version), "repeat_key": uuid4().hex}
        assert nina.post(url, late).status_code == status, "the second was typed on an older page"
    assert place_of("nina").most_load == 3
    for load in (0, 6):
        with pytest.raises(Invalid):
            city.join_pool(subjects=["russian"], most_load=load, by=by("nina"))
    city.join_pool(subjects=["physics"], by=by("nina"))
    assert place_of("nina").difficulties, "what is not said stays"


def test_a_pause_needs_no_reason_and_ends_by_itself(content: dict[str, Any], actor: Acting, as_: As) -> None:
    for key in ("nina", "pavel"):
        expert(key)
    practice, nina = checked(content, actor), as_("nina")
    assert "Взять паузу" in nina.get("/me/expert/").content.decode()
    typed = {"first": f"{in_days(2):%d.%m.%Y}", "last": f"{in_days(9):%d.%m.%Y}", "version": "1"}
    assert nina.post("/me/expert/pause/", {**typed, "repeat_key": uuid4().hex}).status_code == 302
    assert offered(practice) == {"nina", "pavel"}, "it has not begun"
    for day, expected in ((2, {"pavel"}), (9, {"pavel"}), (10, {"nina", "pavel"})):
        with later(day):
            assert offered(practice) == expected, day
    with later(5):
        with pytest.raises(Invalid, match="на паузе до"):
            city.assign_expert(practice, place_of("nina"), by=actor("darya"))
        assert "Закончить паузу" in nina.get("/me/expert/").content.decode()
        city.end_pause(by=by("nina"))
        assert offered(practice) == {"nina", "pavel"}
    assert place_of("nina").coming_pause is None


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(5, 4, "раньше первого"), (-9, -1, "уже прошли"), (0, 400, "до года")],
)
def test_a_pause_that_cannot_be_is_refused_at_its_field(
    first: int, last: int, sentence: str, as_: As
) -> None:
    expert("nina")
    typed = {"first": f"{in_days(first):%d.%m.%Y}", "last": f"{in_days(last):%d.%m.%Y}"}
    answer = as_("nina").post("/me/expert/pause/", {**typed, "repeat_key": uuid4().hex})
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("\xa0", " ")
    assert typed["last"] in answer.content.decode(), "nothing typed is lost"
    assert place_of("nina").paused_from is None


def test_only_an_expert_pauses(as_: As) -> None:
    assert as_("nina").get("/me/expert/pause/").status_code == 404
    with pytest.raises(Forbidden):
        city.pause_as_expert(first=in_days(0), last=in_days(1), by=by("nina"))
    expert("nina")
    with pytest.raises(Stale):
        city.pause_as_expert(first=in_days(0), last=in_days(1), by=by("nina"), version=7)


def test_nobody_is_asked_beyond_the_load_that_was_said(content: dict[str, Any], actor: Acting) -> None:
    city.join_pool(subjects=["mathematics"], most_load=1, by=by("nina"))
    first = asked("nina", content, actor)
    second = checked(content, actor)
    assert offered(second) == set()
    with pytest.raises(Invalid, match="листов уже 1 из 1"):
        city.assign_expert(second, place_of("nina"), by=actor("darya"))
    Review.objects.filter(pk=first.pk).update(state=ReviewState.SUBMITTED, submitted_at=clock.now(), total=40)
    assert offered(second) == {"nina"}, "what is handed in is no load any more"


# ── Who is proposed, and why ────────────────────────────────────────────────────────────────────────

ABOUT = {
    "title": "Пять минут тишины",
    "annotation": "Как вернуть дисциплину и мотивацию на урок",
    "problem": "Молодой учитель не держит класс",
    "goal": "Дать опору",
    "tasks": ["Разговор с родителями"],
    "target_group": "учителя",
    "keywords": ["дисциплина"],
    "subjects": ["математика"],
}


def test_a_fit_is_said_in_words_that_the_practice_itself_has(content: dict[str, Any]) -> None:
    topics = topics_of(PracticeContent.model_validate({**content, **ABOUT}))
    fit = fit_of(
        topics,
        ["mathematics", "physics"],
        ["psy_ped.discipline", "communication.parents", "ict.ai", "psy_ped.motivation"],
    )
    assert fit.subjects == ("математика",)
    assert fit.difficulties == (
        ("Мотивация учеников", "мотивация"),
        ("Дисциплина на уроке", "дисциплина"),
        ("Разговор с родителями", "родитель"),
    ), "each with the word of the text; what is not in the text is no reason"
    assert fit.weight == 5
    assert not fit_of(topics, ["physics"], ["ict.ai"]).reasons


@pytest.fixture
def many(school12: School) -> list[str]:
    """Experts of the cast, and so many others that nobody wants to read them all."""
    from portal.accounts.models import User

    schools = list(School.objects.exclude(number=5).order_by("number"))
    for number in range(12):
        user = User.objects.create(
            email=f"e{number}@school.example",
            password="!",
            last_name=f"Лист{'абвгдежзиклм'[number]}ев",
            first_name="Иван",
            middle_name="Ильич",
        )
        Membership.objects.create(
            user=user, school=schools[number % len(schools)], office="teacher", basis="приказ"
        )
        city.join_pool(subjects=["physics"], by=Actor(user=user.pk))
    return [expert(key).user.last_name for key in EXPERTS]


@pytest.mark.usefixtures("many")
def test_a_few_are_proposed_with_reasons_and_others_are_found_by_name(
    content: dict[str, Any], actor: Acting, as_: As
) -> None:
    practice = checked({**content, **ABOUT}, actor)
    found = proposals(practice)
    assert len(found.free) == SHOWN < ExpertCandidate.objects.count()
    assert set(named(found.free[:4])) == set(EXPERTS), "who knows the subject comes first"
    assert all("Ведёт предмет практики: математика" in one.note for one in found.free[:4])
    assert (found.bound, found.more) == ([], 0)
    page = as_("darya").get(f"/practices/{practice.uuid}/").content.decode()
    assert page.count('name="expert"') == SHOWN, "never a list of everybody"
    assert "Листаев" in as_("darya").get(f"/practices/{practice.uuid}/?name=листае").content.decode()
    by_name = proposals(practice, name="лист")
    assert (len(by_name.free), by_name.more) == (SHOWN, 12 - SHOWN)
    assert len(proposals(practice, name="л").free) == SHOWN, "one letter is no name"
    city.pause_as_expert(first=in_days(0), last=in_days(3), by=by("nina"))
    assert not any(one.name.startswith("Тарасова") for one in proposals(practice).free)
    (bound,) = proposals(practice, name=BY_KEY["nina"].last_name.lower()).bound
    assert "на паузе" in bound.refusal
    shown = as_("darya").get(f"/practices/{practice.uuid}/?name=тарасова").content.decode()
    assert ("на паузе до" in shown.replace("\xa0", " "), 'name="expert"' in shown) == (True, False)


def test_what_both_know_then_what_is_known_then_the_load_make_the_order(
    content: dict[str, Any], actor: Acting
) -> None:
    for key, subjects, difficulties in (
        ("nina", ["physics"], ["psy_ped.motivation"]),
        ("pavel", ["mathematics"], []),
        ("gleb", ["mathematics"], []),
        ("timur", ["physics"], []),
    ):
        city.join_pool(subjects=subjects, difficulties=difficulties, by=by(key))
    asked("pavel", content, actor)
    assert named(proposals(checked({**content, **ABOUT}, actor)).free) == ["gleb", "pavel", "nina", "timur"]


# ── Ties ────────────────────────────────────────────────────────────────────────────────────────────


def test_ties_are_three_valued(content: dict[str, Any], school5: School) -> None:
    """None, some, and not asked: nothing found is not the same as nobody asked."""
    told = came(content, not_ask=("gleb",))
    silent = came(content)
    Practice.objects.filter(pk=silent.pk).update(school_told_whom=False)
    silent.refresh_from_db()
    people = [BY_KEY[key].uuid for key in EXPERTS]
    also_in("pavel", 5, valid_to=in_days(2))

    def conflicts(practice: Practice) -> dict[str, Conflict]:
        found = interests(practice, people)
        return {key: found[BY_KEY[key].uuid].conflict for key in EXPERTS}

    some, none, unknown = Conflict.SOME, Conflict.NONE, Conflict.NOT_ASKED
    assert conflicts(told) == {"nina": none, "pavel": some, "gleb": some, "timur": none}
    assert conflicts(silent) == {"nina": unknown, "pavel": some, "gleb": unknown, "timur": unknown}
    assert "не спрошено: список" in interests(silent, people)[people[0]].words
    with later(5):
        words = interests(told, people)[BY_KEY["pavel"].uuid].words
        assert words == "связан с практикой: работал в школе авторов, когда практика пришла"
        assert is_interested(told, BY_KEY["pavel"].uuid)
        assert not is_interested(came(content), BY_KEY["pavel"].uuid), "of a practice that came later"


def test_the_own_word_of_a_tie_is_heard_for_good(content: dict[str, Any], actor: Acting) -> None:
    """Whoever said to know the authors is not asked about their practice again; another reason is no tie."""
    practice = checked(content, actor)
    for key, why in (("nina", WhyDeclined.BOUND), ("pavel", WhyDeclined.BUSY)):
        sheet = city.assign_expert(practice, expert(key), by=actor("darya"))
        city.move_review(sheet, "decline", by=actor(key), asked=Declined(refusal=why))
        practice.refresh_from_db()
    ties = interests(practice, [BY_KEY[key].uuid for key in ("nina", "pavel")])
    assert ties[BY_KEY["nina"].uuid].words.endswith("сказал, что узнаёт авторов или связан с ними")
    assert ties[BY_KEY["pavel"].uuid].conflict == Conflict.NONE
    with pytest.raises(Invalid) as refused:
        city.assign_expert(practice, expert("nina"), by=actor("darya"))
    assert refused.value.code == "conflict_of_interest"


def test_a_forged_choice_of_somebody_bound_is_refused(
    content: dict[str, Any], actor: Acting, as_: As, school5: School
) -> None:
    for key in EXPERTS:
        expert(key)
    practice = checked(content, actor, not_ask=("gleb",))
    also_in("nina", 5)
    city.pause_as_expert(first=in_days(0), last=in_days(3), by=by("timur"))
    darya = as_("darya")
    for key in ("nina", "gleb", "timur"):
        forged = {"expert": str(place_of(key).uuid), "version": practice.version, "repeat_key": uuid4().hex}
        assert darya.post(f"/practices/{practice.uuid}/", forged).status_code == 422, key
        answer = darya.post(
            f"/api/v1/practices/{practice.uuid}/experts/", forged | {}, content_type="application/json"
        )
        assert answer.status_code == 422, key
    assert not Review.objects.exists()
    found = darya.get(f"/api/v1/practices/{practice.uuid}/experts/").json()
    assert [(one["name"][:7], one["conflict"], one["refusal"]) for one in found] == [("Ефимов ", "none", "")]
    assert as_("semyon").get(f"/api/v1/practices/{practice.uuid}/experts/").status_code == 403


# ── What experts have done ──────────────────────────────────────────────────────────────────────────


def handed_in(review: Review, total: int, days: int) -> None:
    Review.objects.filter(pk=review.pk).update(
        state=ReviewState.SUBMITTED,
        total=total,
        comment=COMMENT,
        created_at=clock.now() - dt.timedelta(days=days),
        submitted_at=clock.now(),
    )


def test_figures_of_an_expert_are_seen_by_the_expert_and_the_methodist(
    content: dict[str, Any], actor: Acting, as_: As
) -> None:
    expert("nina")
    assert record_of(BY_KEY["nina"].uuid) == Record(), "nothing yet is not nought days"
    for total, days in ((31, 4), (44, 8)):
        handed_in(asked("nina", content, actor), total, days)
    assert record_of(BY_KEY["nina"].uuid) == Record(done=2, days=6, mean=37.5, lowest=31, highest=44)
    mine = as_("nina").get("/me/expert/").content.decode()
    pool = as_("darya").get("/practices/experts/").content.decode()
    assert "6 дней" in mine.replace("\xa0", " ")
    assert all("31–44" in page for page in (mine, pool))
    assert as_("nina").get("/api/v1/me/expert/").json()["record"] == {
        "done": 2,
        "days": 6,
        "mean": 37.5,
        "lowest": 31,
        "highest": 44,
    }
    assert as_("pavel").get("/api/v1/me/expert/").status_code == 404


def test_to_decline_lowers_nothing(content: dict[str, Any], actor: Acting) -> None:
    """Neither the figures nor the place among the proposed, however often and in whatever way one is gone."""
    for key in ("pavel", "gleb"):
        expert(key)
    handed_in(asked("pavel", content, actor), 40, 5)
    practice = checked(content, actor)
    before = proposals(practice).free, record_of(BY_KEY["pavel"].uuid)
    for state in GONE:
        for _ in range(3):
            gone = asked("pavel", content, actor)
            Review.objects.filter(pk=gone.pk).update(state=state)
    assert (proposals(practice).free, record_of(BY_KEY["pavel"].uuid)) == before
    assert named(before[0])[0] == "pavel"
