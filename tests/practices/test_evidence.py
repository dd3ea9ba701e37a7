"""The grade of evidence with its reasons, and the figures of the circle, against hand-made ones."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from best_practices import search
from best_practices.adoption_letters import AdoptionEnded, MeasuredAgain, OutcomeTold, PracticeAdopted
from best_practices.counted import evidence_of, recount
from best_practices.evidence import Facts, Grade, Measured, Repeat, alike_failures, weigh
from best_practices.models import BankAdoption, BankPractice, PracticeEvidence, PracticeRecheck
from best_practices.naming_letters import SchoolNamed
from best_practices.outcomes import Outcome
from best_practices.rechecks import next_steps
from best_practices.services import adoptions as city
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.pair_work import services
from portal.pair_work.models import Adoption
from portal.school_records.models import DisclosureLine, Outbox
from tenants import post
from tenants.context import in_city
from tenants.models import School
from tests.things import card_in_bank
from tests.workflows import adoption_scenes as adoptions
from tests.workflows.acting import KEYS, of_school5, who
from tests.workflows.practice_scenes import content

A, B, C, D = (UUID(int=n) for n in range(1, 5))
SCHOOL, GYMNASIUM = ("school", "teacher_teacher"), ("gymnasium", "teacher_teacher")


def told(school: UUID, outcome: str, conditions: tuple[str, str] = SCHOOL, **more: Any) -> Repeat:
    return Repeat(school, conditions, outcome, **more)


GRADES: list[tuple[Facts, Grade]] = [
    (Facts(), Grade.DESCRIBED),
    (Facts(measured=("темп",), repeats=(told(A, "worked"),)), Grade.DESCRIBED),
    (Facts(mean=40.0), Grade.REVIEWED),
    (Facts(mean=40.0, measured=("темп",)), Grade.MEASURED),
    (Facts(mean=40.0, repeats=(told(A, "partly"), told(B, "untried"), told(C, "unclear"))), Grade.REVIEWED),
    (Facts(mean=40.0, repeats=(told(A, "worked"),)), Grade.REPEATED),
    (Facts(mean=40.0, repeats=(told(A, "worked"), told(B, "failed"))), Grade.REVIEWED),
    (Facts(mean=40.0, repeats=(told(A, "worked"), told(B, "worked"), told(C, "failed"))), Grade.REPEATED),
    (Facts(mean=40.0, repeats=tuple(told(s, "worked") for s in (A, A, A))), Grade.REPEATED),
    (Facts(mean=40.0, repeats=tuple(told(s, "worked") for s in (A, B, C))), Grade.REPEATED),
    (
        Facts(mean=40.0, repeats=(told(A, "worked"), told(B, "worked"), told(C, "worked", GYMNASIUM))),
        Grade.PROVED,
    ),
]


@pytest.mark.parametrize(("facts", "grade"), GRADES)
def test_the_grade_of_hand_made_facts(facts: Facts, grade: Grade) -> None:
    assert weigh(facts).grade == grade


def test_reasons_and_what_lifts_are_said_by_the_same_rules() -> None:
    facts = Facts(mean=41.5, repeats=(told(A, "worked"), told(B, "worked"), told(C, "unclear")))
    found = weigh(facts)
    assert found.reasons == (
        "Эксперты города поставили 41,5 из 50.",
        "Сработала: 2 школы.",
        "Не хватило описания: 1 школа. Это задача авторам, а не неудача.",
    )
    assert found.lifts == (
        "Результат, который автор измерит до и после.",
        "Ещё 1 школа, где она сработает.",
        "Непохожая школа: другого вида или с парой другой формы.",
    )
    assert "Экспертиза города." in weigh(Facts()).lifts
    proved = GRADES[-1][0]
    assert weigh(Facts(mean=40.0, measured=("темп",), repeats=proved.repeats)).lifts == ()


def test_what_lifts_a_practice_does_lift_it() -> None:
    """Each rung is reached by doing what was said on the rung below."""
    steps = [
        Facts(),
        Facts(mean=40.0),
        Facts(mean=40.0, measured=("темп",)),
        Facts(mean=40.0, measured=("темп",), repeats=(told(A, "worked"),)),
        Facts(
            mean=40.0,
            measured=("темп",),
            repeats=(told(A, "worked"), told(B, "worked"), told(C, "worked", GYMNASIUM)),
        ),
    ]
    assert [weigh(facts).grade for facts in steps] == list(Grade)
    assert [bool(weigh(facts).lifts) for facts in steps] == [True, True, True, True, False]


def test_cost_and_effect_are_plain_signs_with_their_source() -> None:
    better, worse = Measured("темп", better=True), Measured("темп", better=False)
    unknown = Measured("другое", better=None)
    facts = Facts(
        timing="шесть недель",
        repeats=(
            told(A, "worked", hours=8, measured=(better, unknown)),
            told(B, "failed", hours=40, measured=(worse,)),
            told(C, "partly", hours=12, measured=(better,)),
        ),
    )
    found = weigh(facts)
    assert (found.cost.word, found.cost.source) == ("средне: около 12 ч наставника", "по ответам: 3 школы")
    assert (found.effect.word, found.effect.source) == (
        "стало лучше в 2 из 3 измерений",
        "измерили другие: 3 школы",
    )
    not_tried = tuple(
        told(D, outcome, hours=200, measured=(worse,) * 9) for outcome in ("unclear", "untried")
    )
    spoiled = weigh(replace(facts, repeats=(*facts.repeats, *not_tried)))
    assert (spoiled.cost, spoiled.effect) == (found.cost, found.effect), "nobody has carried it out there"
    plain = weigh(Facts(timing="шесть недель", measured=("темп",)))
    assert (plain.cost.word, plain.cost.source) == ("шесть недель", "со слов автора")
    assert (plain.effect.word, plain.effect.source) == ("есть числа до и после", "измерил автор")
    assert weigh(Facts()).effect.word == "не измеряли"


def test_failures_are_alike_in_the_same_conditions_of_two_schools() -> None:
    assert alike_failures([told(A, "failed"), told(A, "failed"), told(B, "failed", GYMNASIUM)]) == []
    assert alike_failures([told(A, "failed"), told(B, "failed"), told(C, "worked")]) == [SCHOOL]


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────
DAY = dt.date(2026, 11, 30)


@pytest.fixture
def card(db: None) -> BankPractice:
    return card_in_bank(content(), school_number=99, school_name="Школа № 99")


def adopted(card: BankPractice, school: School, **more: Any) -> UUID:
    adoption = uuid4()
    letter = PracticeAdopted(
        adoption=adoption,
        practice=card.practice,
        revision=1,
        taken_on=DAY,
        **{"form": "teacher_teacher", "kinds": ["traditional"], **more},
    )
    city.keep_adoption(letter, school)
    return adoption


def said(adoption: UUID, school: School, outcome: str, **more: Any) -> None:
    city.end_adoption(AdoptionEnded(adoption=adoption, ended_on=DAY), school.uuid)
    city.keep_outcome(OutcomeTold(adoption=adoption, outcome=outcome, told_on=DAY, **more), school.uuid)


def test_counters_say_how_many_are_at_work_and_ever(
    card: BankPractice, school5: School, school12: School
) -> None:
    first, second = adopted(card, school5), adopted(card, school12)
    city.keep_naming(SchoolNamed(adoption=second, names_school=True), school12.uuid)
    city.keep_naming(SchoolNamed(adoption=first, names_school=True), school12.uuid)  # another's: nothing
    third = adopted(card, school12)
    assert (evidence_of(card).in_work, evidence_of(card).ever) == (3, 3)
    city.end_adoption(AdoptionEnded(adoption=third), school12.uuid)
    said(first, school5, "failed", words="Не хватило времени.")
    said(second, school12, "worked", hours=9)
    found = evidence_of(card)
    assert (found.in_work, found.ever) == (0, 2)
    assert found.outcomes == {"worked": 1, "partly": 0, "failed": 1, "untried": 0, "unclear": 0}
    assert {(row["school"], row["outcome"], row["words"]) for row in found.told} == {
        ("", "failed", "Не хватило времени."),
        (school12.short_name, "worked", ""),
    }
    said(first, school5, "worked")
    assert evidence_of(card).outcomes["worked"] == 2
    assert evidence_of(card).grade == Grade.REPEATED


def test_the_own_school_and_a_foreign_hand_write_nothing(
    card: BankPractice, school5: School, school12: School
) -> None:
    from best_practices.models import Practice

    Practice.objects.create(
        practice=card.practice, school=school5, title=card.title, content=card.content, authors=[]
    )
    own, other = adopted(card, school5), adopted(card, school12)
    assert list(BankAdoption.objects.values_list("adoption", flat=True)) == [other]
    said(other, school5, "worked")
    city.end_adoption(AdoptionEnded(adoption=other), school5.uuid)
    said(own, school5, "worked")
    kept = BankAdoption.objects.get()
    assert (kept.outcome, kept.ended_on) == ("", None)


def test_two_failures_in_like_conditions_are_a_task_of_the_methodist(
    card: BankPractice, school5: School, school12: School, actor: Callable[..., Actor]
) -> None:
    said(adopted(card, school5), school5, "failed")
    assert not PracticeRecheck.objects.exists()
    said(adopted(card, school12), school12, "failed")
    said(adopted(card, school12), school12, "failed")
    recheck = PracticeRecheck.objects.get()
    assert recheck.due_on == clock.today() + dt.timedelta(days=30)
    darya = actor("darya")
    assert [step.due for step in next_steps(darya)] == [recheck.due_on]
    assert next_steps(actor("semyon")) == next_steps(actor("nina")) == []
    with pytest.raises(Forbidden):
        city.answer_recheck(recheck, answer="оставить", by=actor("semyon"))
    with pytest.raises(Invalid):
        city.answer_recheck(recheck, answer="  ", by=darya)
    city.answer_recheck(recheck, answer="Попросили автора дописать условия.", by=darya)
    assert next_steps(darya) == []
    with pytest.raises(Conflict):
        city.answer_recheck(recheck, answer="ещё раз", by=darya)
    recount(card.practice)
    assert PracticeRecheck.objects.count() == 1


def test_effect_counts_figures_told_in_the_direction_of_the_author(
    card: BankPractice, school5: School, school12: School
) -> None:
    result = card.text.results[0]
    row = {"indicator": result.indicator, "unit": result.unit}
    up = [MeasuredAgain(**row, before="10", after="30")]
    down = [MeasuredAgain(**row, before="30", after="10")]
    said(adopted(card, school5), school5, "worked", measured=up)
    said(adopted(card, school12), school12, "partly", measured=down)
    assert evidence_of(card).effect["word"] == "стало лучше в 1 из 2 измерений"


def test_the_bank_is_narrowed_by_evidence(
    card: BankPractice, school5: School, actor: Callable[..., Actor]
) -> None:
    recount(card.practice)
    semyon = actor("semyon")
    assert evidence_of(card).grade == Grade.MEASURED
    found, shown = search.search_bank(semyon, "", {"evidence": ["measured"]})
    assert [one.card for one in shown] == [card]
    assert [(c.value, c.number) for c in found.facets["evidence"]] == [("measured", 1)]
    said(adopted(card, school5), school5, "worked")
    assert search.search_bank(semyon, "", {"evidence": ["measured"]})[1] == []
    assert len(search.search_bank(semyon, "", {"evidence": ["repeated"]})[1]) == 1


# ── from the school to the card ─────────────────────────────────────────────────────────────────────
def test_what_leaves_is_what_was_shown_and_the_card_tells_it(
    school5: School, inside: Any, actor: Callable[..., Any], as_: Callable[[str], Client]
) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    card = adoptions.published()
    with inside(school5):
        adoption = adoptions.ended(who, card)
        told = services.tell_outcome(adoption, outcome="failed", words="Нет второго учителя.", by=who("vera"))
        assert [row.kind for row in DisclosureLine.objects.order_by("pk")][-1] == "best_practices.adopted"
        letters = Outbox.objects.filter(topic=adoption.uuid).order_by("pk")
        assert [row.kind for row in letters] == ["best_practices.adopted", "best_practices.adoption_ended"]
        assert str(adoption.programme.uuid) not in str([row.payload for row in letters])
    vera, url = as_("vera"), f"/s/5/adoptions/{adoption.uuid}/"
    page = vera.get(url).content.decode()
    assert "Слова, если отметите это ниже" in page
    sent = {"version": told.version, "with_words": "on"}
    assert vera.post(f"{url}send/", sent).status_code == 302
    post.deliver_everything()
    with inside(school5):
        stored = Adoption.objects.get(pk=adoption.pk)
        assert (stored.sent_on, stored.sent_words) == (clock.today(), True)
        payload = Outbox.objects.filter(topic=adoption.uuid).latest("pk").payload
    assert (payload["outcome"], payload["words"]) == ("failed", "Нет второго учителя.")
    with in_city():
        assert PracticeEvidence.objects.get(practice=card.practice).outcomes["failed"] == 1
    shown = as_("gleb").get(f"/s/12/bank/{card.uuid}/").content.decode()
    assert "Нет второго учителя." in shown
    assert "Не сработала" in shown
    assert school5.short_name not in shown.replace("\xa0", " "), "nobody has let the card name it"


def test_words_stay_unless_they_are_let_out(school5: School, inside: Any, actor: Callable[..., Any]) -> None:
    of_school5({key: actor(key, school5) for key in KEYS})
    card = adoptions.published()
    with inside(school5):
        adoption = adoptions.ended(who, card)
        services.tell_outcome(adoption, outcome="worked", words="Помогла карта.", by=who("boris"))
        services.send_outcome(adoption, by=who("boris"))
        assert Outbox.objects.filter(topic=adoption.uuid).latest("pk").payload["words"] == ""
        again = services.send_outcome(adoption, with_words=True, by=who("boris"))
        assert (again.sent_words, Outbox.objects.filter(topic=adoption.uuid).count()) == (False, 3)
        with pytest.raises(Forbidden):
            services.send_outcome(adoption, by=who("anna"))


def test_of_the_own_practice_nothing_leaves(school5: School, inside: Any, actor: Callable[..., Any]) -> None:
    from portal.school_practices.models import SchoolPractice

    of_school5({key: actor(key, school5) for key in KEYS})
    with inside(school5):
        own = SchoolPractice.objects.create(title="Своя", state="published")
        adoption = adoptions.ended(who, adoptions.published(practice=own.uuid))
        services.tell_outcome(adoption, outcome="worked", by=who("boris"))
        assert not Outbox.objects.filter(topic=adoption.uuid).exists()
        with pytest.raises(Conflict):
            services.send_outcome(adoption, by=who("boris"))


def test_every_outcome_has_its_place_on_the_card(card: BankPractice, as_: Callable[[str], Client]) -> None:
    shown = as_("semyon").get(f"/bank/{card.uuid}/").content.decode()
    assert all(str(outcome.label).capitalize() in shown for outcome in Outcome)


# ── «Сначала доказанные» ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("text", ["", "урок"])
def test_the_proved_stand_first_on_every_page_and_nobody_is_lost(
    text: str, school5: School, school12: School, actor: Callable[..., Actor]
) -> None:
    """Fourteen practices of four rungs: two pages hold each of them once, the rungs in order."""
    cards = [
        card_in_bank(
            {**content(), "title": f"Урок {n}", **({"results": []} if n % 2 else {})},
            code=f"ЛП-2026-1{n:03d}",
            signs={} if n % 7 == 6 else {"mean": 40.0},
            published_on=DAY - dt.timedelta(days=n),
        )
        for n in range(14)
    ]
    for one in cards:
        recount(one.practice)
    said(adopted(cards[9], school5), school5, "worked")
    semyon = actor("semyon")
    pages = [search.search_bank(semyon, text, {}, number, order="proved") for number in (1, 2)]
    shown = [one.card for _, page in pages for one in page]
    assert [found.total for found, _ in pages] == [14, 14]
    assert sorted(card.pk for card in shown) == sorted(card.pk for card in cards)
    ranks = [PracticeEvidence.objects.get(practice=card.practice).rank for card in shown]
    assert ranks == sorted(ranks, reverse=True)
    assert (ranks[0], set(ranks)) == (3, {0, 1, 2, 3})
    if not text:
        measured = [card.published_on for card, rank in zip(shown, ranks, strict=True) if rank == 2]
        assert measured == sorted(measured, reverse=True)
    picked = {"evidence": ["described", "measured"]}
    narrowed, _ = search.search_bank(semyon, text, picked, order="proved")
    assert narrowed.total == ranks.count(0) + ranks.count(2)


def test_the_page_and_the_api_offer_the_order(card: BankPractice, as_: Callable[[str], Client]) -> None:
    recount(card.practice)
    other = card_in_bank({**content(), "results": []}, code="ЛП-2026-0002", title="Другая")
    recount(other.practice)
    semyon = as_("semyon")
    page = semyon.get("/bank/?q=урок&order=proved").content.decode()
    assert "Сначала доказанные" in page
    assert "измерена автором" in page.replace("\xa0", " ")
    found = semyon.get("/api/v1/bank/?order=proved").json()["results"]
    assert [row["grade"] for row in found] == ["измерена автором", "проверена экспертами"]
    told = semyon.get(f"/api/v1/bank/{card.uuid}/").json()["evidence"]
    assert (told["grade"], told["in_work"], told["ever"]) == ("measured", 0, 0)
    assert told["lifts"] == ["Другая школа, где она сработает."]
