"""«Взять в программу» and the one question at the end: at home, through services, pages and the API."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from best_practices import bank
from best_practices.content import Step
from best_practices.models import Practice
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, Invalid, Stale
from portal.pair_work import services
from portal.pair_work.dated import deeds_of
from portal.pair_work.models import Adoption, Programme
from portal.pair_work.selectors.adoptions import next_steps
from portal.pair_work.workflow import PROGRAMME
from portal.school_practices.models import SchoolPractice
from tenants.context import in_city
from tests.workflows import adoption_scenes as adoptions
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, in_school5, of_school5, refused, who
from tests.workflows.adoption_scenes import fresh, published

__all__ = ["in_school5"]
inside_school = pytest.mark.usefixtures("in_school5")


# ── days ────────────────────────────────────────────────────────────────────────────────────────────
FIRST = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("durations", "days"),
    [
        (["две недели", "20 минут", "один день"], [(0, 13), (14, 20), (21, 21)]),
        (["недели 1–4", "неделя 6, 30 минут", "по запросу"], [(0, 27), (35, 41), (42, 48)]),
        (["месяц", "", "раз в месяц, 30 минут"], [(0, 29), (30, 36), (37, 43)]),
        (["2–3 недели", "3 дня"], [(0, 20), (21, 23)]),
    ],
)
def test_words_about_time_become_days_from_the_first(
    durations: list[str], days: list[tuple[int, int]]
) -> None:
    steps = [Step(step=f"Шаг {n}", content="Что делаем.", duration=d) for n, d in enumerate(durations)]
    found = deeds_of(steps, FIRST, FIRST + dt.timedelta(days=300))
    assert [((d.starts_on - FIRST).days, (d.ends_on - FIRST).days) for d in found] == days
    assert found[0].content == "Шаг 0. Что делаем."


def test_what_would_pass_the_last_day_is_drawn_together() -> None:
    steps = [Step(step=f"Шаг {n}", content="", duration="месяц") for n in range(4)]
    found = deeds_of(steps, FIRST, FIRST + dt.timedelta(days=11))
    assert [(d.starts_on - FIRST).days for d in found] == [0, 3, 6, 9]
    assert found[-1].ends_on == FIRST + dt.timedelta(days=11)
    one_day = deeds_of(steps, FIRST, FIRST)
    assert {(d.starts_on, d.ends_on) for d in one_day} == {(FIRST, FIRST)}


# ── taking ──────────────────────────────────────────────────────────────────────────────────────────
@inside_school
def test_steps_land_in_a_draft_with_days_of_the_programme() -> None:
    card, programme = published(revision=3), scene.written(who)
    adoption = adoptions.taken(who, card, programme, version=fresh(programme).version)
    added = list(fresh(programme).activities.all())[3:]
    assert [row.content for row in added] == [
        f"{s.step.rstrip('.')}. {s.content}"[:500] for s in card.text.steps
    ]
    assert added[0].starts_on == programme.starts_on
    assert all(programme.starts_on <= row.starts_on <= row.ends_on <= programme.ends_on for row in added)
    assert [row.number for row in added] == list(range(4, 4 + len(added)))
    assert (adoption.practice, adoption.card, adoption.revision) == (card.practice, card.uuid, 3)
    assert (fresh(programme).state, adoption.in_force_on, adoption.is_own) == ("draft", None, False)


@inside_school
def test_in_a_programme_that_runs_it_is_a_change_of_plan_agreed_again() -> None:
    card, programme = published(), scene.running(who)
    adoption = adoptions.taken(who, card, programme)
    now = fresh(programme)
    assert (now.state, now.activities.count()) == ("correction", 3 + len(card.text.steps))
    assert card.code in now.answer
    assert fresh(adoption).in_force_on is None
    services.submit_programme(now, by=who("boris"), comment="Взяли практику")
    PROGRAMME.move(fresh(programme), "confirm", by=who("vera"))
    assert (fresh(programme).state, fresh(adoption).in_force_on) == ("in_progress", clock.today())


@inside_school
def test_with_a_correction_that_is_taken_back_the_practice_goes() -> None:
    card, programme = published(), scene.running(who)
    adoption = adoptions.taken(who, card, programme)
    with clock.at(clock.now() + dt.timedelta(days=8)):
        PROGRAMME.move(fresh(programme), "withdraw_correction", by=who("anna"), comment="решили не менять")
        assert (fresh(adoption).dropped_on, fresh(programme).activities.count()) == (clock.today(), 3)
        assert adoptions.taken(who, card, fresh(programme)).pk != adoption.pk


@inside_school
def test_one_practice_once_in_a_programme_and_a_double_press_is_harmless() -> None:
    card, programme = published(), scene.written(who)
    first, is_new = services.take_practice(programme, card.uuid, by=who("boris"), version=programme.version)
    assert is_new
    again, is_new = services.take_practice(programme, card.uuid, by=who("boris"))
    assert (again.pk, is_new, Adoption.objects.count()) == (first.pk, False, 1)
    assert fresh(programme).activities.count() == 3 + len(card.text.steps)
    old = programme.version
    refused(Conflict, "taken_already", lambda: adoptions.taken(who, card, programme, version=old))


@inside_school
def test_a_practice_withdrawn_or_changed_between_presses_is_refused_kindly() -> None:
    card, programme = published(), scene.written(who)
    refused(Conflict, "practice_changed", lambda: adoptions.taken(who, card, programme, revision=7))
    with in_city():
        bank.take_off(Practice(practice=card.practice))
    refused(Conflict, "practice_gone", lambda: adoptions.taken(who, card, programme))
    assert not Adoption.objects.exists()
    assert fresh(programme).activities.count() == 3


@inside_school
def test_a_stale_programme_is_told_and_nothing_is_added() -> None:
    card, programme = published(), scene.written(who)
    services.write_programme(
        programme.pair, by=who("boris"), programme=programme, **scene.text(programme.pair, title="Иначе")
    )
    with pytest.raises(Stale):
        adoptions.taken(who, card, programme, version=programme.version)
    assert not Adoption.objects.exists()


@inside_school
@pytest.mark.parametrize(
    "state", ["agreed_by_pair", "smo_review", "curator_review", "approved", "final_review"]
)
def test_while_others_read_or_all_is_over_nothing_is_added(state: str) -> None:
    card, programme = published(), scene.written(who)
    Programme.objects.filter(pk=programme.pk).update(state=state)
    refused(Conflict, "not_now", lambda: adoptions.taken(who, card, programme))


@inside_school
def test_only_the_mentor_takes() -> None:
    card, programme = published(), scene.written(who)
    for key in ("vera", "anna", "zhanna", "kira"):
        with pytest.raises(Forbidden):
            services.take_practice(programme, card.uuid, by=who(key))


@inside_school
def test_a_plan_has_no_more_than_sixty_deeds() -> None:
    card, programme = published(), scene.written(who)
    row = programme.activities.get(number=1)
    for number in range(4, 60):
        row.pk, row.uuid, row.number = None, uuid4(), number
        row._state.adding = True
        row.save()
    refused(Invalid, "too_many", lambda: adoptions.taken(who, card, programme))


@inside_school
def test_the_own_practice_of_the_school_is_known_as_such() -> None:
    own = SchoolPractice.objects.create(title="Своя", state="published")
    assert adoptions.taken(who, published(practice=own.uuid), scene.written(who)).is_own


# ── the end ─────────────────────────────────────────────────────────────────────────────────────────
@inside_school
def test_it_ends_with_the_programme_and_the_pair_is_asked_once() -> None:
    adoption = adoptions.ended(who)
    assert (adoption.in_force_on, adoption.ended_on) == (clock.today(), clock.today())
    for key in ("boris", "vera"):
        assert [step.url for step in next_steps(who(key))] == [f"/s/5/adoptions/{adoption.uuid}/outcome/"]
    assert next_steps(who("anna")) == []
    services.tell_outcome(adoption, outcome="partly", by=who("vera"))
    for key in ("boris", "vera"):
        assert next_steps(who(key)) == []


@inside_school
def test_a_cancelled_programme_ends_what_was_agreed_and_drops_the_rest() -> None:
    first, second = published(), published(code="ЛП-2026-0002")
    programme = scene.written(who)
    agreed = adoptions.taken(who, first, programme)
    services.submit_programme(fresh(programme), by=who("boris"))
    PROGRAMME.move(fresh(programme), "confirm", by=who("vera"))
    PROGRAMME.move(fresh(programme), "approve", by=who("anna"))
    fresh_one = adoptions.taken(who, second, fresh(programme))
    PROGRAMME.move(fresh(programme), "cancel", by=who("time"), comment="Пара прекращена.")
    assert (fresh(agreed).ended_on, fresh(agreed).dropped_on) == (clock.today(), None)
    assert (fresh(fresh_one).ended_on, fresh(fresh_one).dropped_on) == (None, clock.today())


@inside_school
def test_the_answer_is_written_once_mended_and_repeated_without_harm() -> None:
    adoption = adoptions.ended(who)
    said: dict[str, Any] = {"outcome": "worked", "hours": 12, "words": "Помогла карта урока."}
    told = services.tell_outcome(adoption, by=who("boris"), version=adoption.version, **said)
    same = services.tell_outcome(told, by=who("vera"), version=told.version, **said)
    assert (told.version, same.version, told.told_by) == (same.version, told.version, who("boris").user)
    with pytest.raises(Stale):
        services.tell_outcome(adoption, by=who("vera"), version=adoption.version, outcome="failed")
    mended = services.tell_outcome(told, by=who("vera"), version=told.version, outcome="unclear")
    assert (mended.outcome, mended.words, mended.told_by) == ("unclear", "", who("vera").user)
    for key in ("anna", "zhanna"):
        with pytest.raises(Forbidden):
            services.tell_outcome(adoption, by=who(key), outcome="worked")
    refused(Invalid, "outcome", lambda: services.tell_outcome(adoption, by=who("vera"), outcome="great"))


@inside_school
def test_before_the_end_nobody_is_asked() -> None:
    adoption = adoptions.taken(who, published(), scene.written(who))
    refused(Conflict, "not_ended", lambda: services.tell_outcome(adoption, by=who("boris"), outcome="worked"))
    dropped = services.drop_adoption(adoption, by=who("boris"), version=adoption.version)
    assert services.drop_adoption(adoption, by=who("boris")).version == dropped.version
    with pytest.raises(Forbidden):
        services.drop_adoption(adoption, by=who("vera"))


@inside_school
def test_what_has_ended_is_told_about_and_not_taken_out() -> None:
    adoption = adoptions.ended(who)
    refused(Conflict, "ended", lambda: services.drop_adoption(adoption, by=who("boris")))


# ── pages and the API ───────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def at_school(school5: Any, actor: Callable[..., Any], inside: Callable[..., Any]) -> Callable[..., Any]:
    of_school5({key: actor(key, school5) for key in KEYS})
    return lambda: inside(school5)


def test_three_presses_from_the_card(at_school: Any, as_: Callable[[str], Client]) -> None:
    card = published()
    with at_school():
        programme = scene.running(who)
    boris = as_("boris")
    choose, into = f"/s/5/bank/{card.uuid}/take/", f"/s/5/bank/{card.uuid}/take/{programme.uuid}/"
    assert choose in boris.get(f"/s/5/bank/{card.uuid}/").content.decode()
    assert into in boris.get(choose).content.decode()
    page = boris.get(into)
    text = page.content.decode()
    assert "План согласуют заново" in text
    assert text.count('data-l="Срок"') == len(card.text.steps)
    form = page.context["form"]
    fields = {"revision": card.revision, "version": form.version, "repeat_key": form.repeat_key}
    first, second = boris.post(into, fields), boris.post(into, fields)
    assert (first.status_code, second.status_code) == (302, 302)
    with at_school():
        assert Adoption.objects.count() == 1
    assert f"{card.code}, редакция 1" in boris.get(f"/s/5/programmes/{programme.uuid}/").content.decode()
    assert "Практика уже в этой программе" in boris.get(choose).content.decode()
    assert choose not in as_("vera").get(f"/s/5/bank/{card.uuid}/").content.decode()
    assert "У вас нет программы" in as_("vera").get(choose).content.decode().replace("\xa0", " ")


def test_the_question_takes_figures_and_keeps_what_was_typed(
    at_school: Any, as_: Callable[[str], Client]
) -> None:
    card = published()
    with at_school():
        adoption = adoptions.ended(who, card)
    vera, url = as_("vera"), f"/s/5/adoptions/{adoption.uuid}/outcome/"
    form = vera.get(url).context["form"]
    sent = {"version": form.version, "outcome": "failed", "words": "Не хватило времени урока."}
    half = vera.post(url, {**sent, "before_1": "40"})
    assert half.status_code == 422
    assert "Нужны оба числа" in half.content.decode()
    assert "Не хватило времени урока." in half.content.decode()
    assert vera.post(url, {**sent, "before_1": "40", "after_1": "12,5"}).status_code == 302
    result = card.text.results[0]
    with at_school():
        stored = fresh(adoption)
    assert stored.outcome == "failed"
    assert stored.measured == [
        {"indicator": result.indicator, "unit": result.unit, "before": "40", "after": "12.5"}
    ]
    page = as_("boris").get(f"/s/5/adoptions/{adoption.uuid}/").content.decode()
    assert "Не сработала" in page
    assert "было 40, стало 12.5" in page


def test_the_api_does_the_same(at_school: Any, as_: Callable[[str], Client]) -> None:
    card = published()
    with at_school():
        programme = scene.written(who)
    boris, url = as_("boris"), f"/s/5/api/v1/programmes/{programme.uuid}/adoptions/"
    how = {"content_type": "application/json", "headers": {"If-Match": f'"{programme.version}"'}}
    body = {"card": str(card.uuid), "revision": card.revision}
    made = boris.post(url, body, **how)  # type: ignore[arg-type]
    assert made.status_code == 201, made.content
    assert [row["uuid"] for row in boris.get(url).json()] == [made.json()["uuid"]]
    one = f"/s/5/api/v1/adoptions/{made.json()['uuid']}/"
    assert as_("vera").get(one).json()["code"] == card.code
    assert as_("kira").get(one).status_code == 404
    how["headers"] = {"If-Match": boris.get(one).headers["ETag"]}
    early = boris.post(f"{one}outcome/", {"outcome": "worked"}, **how)  # type: ignore[arg-type]
    assert (early.status_code, early.json()["error"]["code"]) == (409, "not_ended")
    gone = boris.post(f"{one}drop/", {}, **how)  # type: ignore[arg-type]
    assert (gone.status_code, gone.json()["dropped_on"]) == (200, clock.today().isoformat())
