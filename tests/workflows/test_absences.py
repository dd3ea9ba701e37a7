"""Whoever is away for long: who may write it down, what it stops, and whose the pair's step is meanwhile."""

import datetime as dt
import random
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.offices import Office
from portal.cabinet.selectors.next_steps import next_steps
from portal.cabinet.selectors.owed import owed
from portal.core import clock
from portal.core.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from portal.core.once import page_of_questions
from portal.mentor_bank.models import MenteeNeed
from portal.mentor_bank.selectors.matching import mentors_for
from portal.mentoring.access.pairs import pair_for
from portal.mentoring.selectors import figures
from portal.mentoring.workflow import PAIR
from portal.municipality.reference_start import ABSENCES
from portal.pair_work.silence import correction_is_stuck, may_enter_agreement
from portal.pair_work.workflow import PROGRAMME
from portal.school_records.models import JournalLine
from portal.staff import services
from portal.staff.models import Absence, Person
from portal.staff.selectors import Holders, by_presence, holder_of, staff_on, working_people
from portal.staff.services.absences import Away
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import NOW, refused, who

pytestmark = pytest.mark.usefixtures("in_school5")
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def away(key: str = "boris", since: dt.date = TODAY, by: str = "anna", **more: Any) -> Absence:
    begun = Away(**{"kind": "illness", "started_on": since, **more})
    return services.begin_absence(scene.person(key), begun, by=who(by))


def said(found: Absence, **more: Any) -> Away:
    """What is stored, with something mended."""
    known = {
        name: getattr(found, name) for name in ("kind", "started_on", "expected_until", "ended_on", "basis")
    }
    return Away(**{**known, **more})


def titles(key: str) -> str:
    return " | ".join(step.title for step in next_steps(who(key)) if step.mine)


@pytest.mark.parametrize("key", ["zhanna", "irina", "boris", "vera"])
def test_whoever_does_not_keep_the_list_writes_nothing_down(key: str) -> None:
    refused(Forbidden, "forbidden", lambda: away("vera", by=key))
    made = away("vera")
    refused(Forbidden, "forbidden", lambda: services.correct_absence(made, said(made), by=who(key)))
    refused(Forbidden, "forbidden", lambda: services.take_absence_back(made, by=who(key)))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"since": TODAY + 367 * DAY}, "started_on"),
        ({"expected_until": TODAY - DAY}, "expected_until"),
        ({"ended_on": TODAY - DAY}, "ended_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        away(**more)
    assert caught.value.field == field


def test_nobody_is_away_before_being_hired_or_after_the_last_day() -> None:
    scene.dismiss("boris")
    with pytest.raises(Invalid) as caught:
        away("boris", since=TODAY + DAY)
    assert caught.value.field == "started_on"


def test_two_absences_of_one_person_do_not_overlap() -> None:
    first = away(since=TODAY - 30 * DAY, ended_on=TODAY - 10 * DAY)
    for since, ended in ((-40, -30), (-10, -5), (-20, -15), (-40, None)):
        more: dict[str, Any] = {"ended_on": TODAY + ended * DAY} if ended is not None else {}
        refused(Conflict, "absence_overlaps", partial(away, since=TODAY + since * DAY, **more))
    away(since=TODAY - 9 * DAY)
    away("vera", since=TODAY - 20 * DAY)
    with pytest.raises(IntegrityError, match="absence_one_at_a_time"), transaction.atomic():
        Absence.objects.create(person=first.person, kind="leave", started_on=TODAY - 10 * DAY)


def test_the_journal_says_what_became_of_it() -> None:
    made = away(expected_until=TODAY + 60 * DAY)
    services.correct_absence(made, said(made, kind="leave"), by=who("kira"))
    made.refresh_from_db()
    refused(Stale, "stale", lambda: services.correct_absence(made, said(made), by=who("kira"), version=1))
    services.correct_absence(made, said(made, ended_on=TODAY), by=who("kira"), version=made.version)
    made.refresh_from_db()
    services.correct_absence(made, said(made), by=who("kira"))  # nothing is new: no line
    services.take_absence_back(made, by=who("anna"))
    lines = JournalLine.objects.filter(object_uuid=made.uuid).order_by("pk")
    assert list(lines.values_list("verb", flat=True)) == [
        "absence_begun",
        "absence_corrected",
        "absence_ended",
        "absence_taken_back",
    ]
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("since", "ended", "is_away"),
    [(0, None, True), (1, None, False), (-5, 0, True), (-5, -1, False), (-5, None, True)],
)
def test_the_first_and_the_last_day_are_within(since: int, ended: int | None, is_away: bool) -> None:
    away(since=TODAY + since * DAY, ended_on=None if ended is None else TODAY + ended * DAY)
    boris = scene.person("boris")
    assert boris.is_away == is_away
    assert not boris.has_left
    assert boris.is_available != is_away
    assert staff_on().filter(pk=boris.pk).exists() != is_away
    assert working_people().filter(pk=boris.pk).exists() != is_away
    assert Person.objects.away().filter(pk=boris.pk).exists() == is_away
    everybody = Person.objects.all()
    assert by_presence(everybody, "away").filter(pk=boris.pk).exists() == is_away
    assert by_presence(everybody, "here").filter(pk=boris.pk).exists() != is_away


def test_an_absence_without_its_last_day_lasts_past_the_day_that_was_planned() -> None:
    made = away(since=TODAY - 70 * DAY, expected_until=TODAY - DAY)
    assert made.is_overdue
    assert scene.person("boris").is_away


def test_whoever_is_away_is_asked_about_once_a_page() -> None:
    away()
    people = list(Person.objects.all())
    with page_of_questions():
        found = [person for person in people if person.is_away]
        Absence.objects.all().delete()
        assert [person for person in people if person.is_away] == found != []


def test_nobody_is_proposed_who_is_away() -> None:
    scene.a_card(who)
    need = scene.a_need(who)
    assert [match.mentor.short_name for match in mentors_for(need)] == ["Кравцов Б. И."]
    made = away()
    assert mentors_for(need) == []
    with pytest.raises(DomainError) as caught:
        scene.proposed(who)
    assert caught.value.code == "somebody_away"
    services.take_absence_back(made, by=who("anna"))
    scene.proposed(who)
    assert MenteeNeed.objects.count() == 1


def test_an_order_waits_for_whoever_is_away() -> None:
    pair = scene.with_order(who)
    away("vera")
    refused(Conflict, "somebody_away", lambda: PAIR.move(pair, "activate", by=who("zhanna")))


def test_from_the_first_day_on_the_pair_is_with_the_curator() -> None:
    """And nothing of it counts as mentoring meanwhile."""
    pair = scene.running(who).pair
    assert figures.working_pairs().filter(pk=pair.pk).exists()
    assert "за наставником" in str(PAIR.baton_of(pair))
    away("boris")
    assert not figures.working_pairs().filter(pk=pair.pk).exists()
    assert "Кравцов Б. И.: надолго нет на работе" in titles("anna")
    assert "за куратором" in str(PAIR.baton_of(pair))
    columns = {one.name: one for one in owed(pair, pair.programmes.get(), [], who("vera"))}
    assert columns["Борис Ильич"].things == []
    assert columns["Борис Ильич"].note == "надолго нет на работе"
    assert "Решить, как быть паре" in [thing.title for one in columns.values() for thing in one.things]
    PAIR.move(pair, "suspend", by=who("anna"), comment="длительная болезнь")
    assert "надолго нет на работе" not in titles("anna"), "a pause is the answer"


def test_an_absence_ends_no_pair() -> None:
    """Only who has left the school ends it without a notice."""
    pair = scene.running(who).pair
    away("boris")
    refused(Conflict, "nobody_left", lambda: PAIR.move(pair, "end_by_dismissal", by=who("anna")))


def test_the_word_of_a_mentee_who_is_away_is_entered_at_once() -> None:
    programme = scene.submitted(who)
    assert not may_enter_agreement(programme)
    away("vera")
    assert may_enter_agreement(programme), "whoever is away is asked by the curator, not after a week"
    refused(Conflict, "not_confirmed", lambda: PROGRAMME.move(programme, "to_curator", by=who("time")))
    PROGRAMME.move(programme, "enter_agreement", by=who("anna"), comment="Подпись Веры на экземпляре")
    assert programme.confirmations.get().person == scene.person("vera")


def test_a_correction_of_a_mentor_who_is_away_may_be_given_up_at_once() -> None:
    programme = PROGRAMME.move(scene.running(who), "correct", by=who("boris"), comment="новый класс")
    assert not correction_is_stuck(programme)
    away("boris")
    assert correction_is_stuck(programme)


def test_consents_of_whoever_is_away_are_with_the_curator_at_once() -> None:
    scene.asked(who)
    assert "Узнайте об ответе" not in titles("anna")
    away("vera")
    assert "Узнайте об ответе" in titles("anna")


def test_what_waits_for_somebody_away_is_said_to_be_with_the_curator() -> None:
    boris, lev = scene.person("boris"), scene.person("lev")
    away("boris")
    assert "надолго нет на работе" in holder_of([boris]).note
    assert holder_of([boris, lev]).name == lev.short_name


@pytest.mark.parametrize(
    ("key", "office", "vacant"),
    [
        ("zhanna", Office.PRINCIPAL, "директора в портале нет"),
        ("irina", Office.PSYCHOLOGIST, "должность «педагог-психолог» никто не занимает"),
    ],
)
def test_an_office_is_vacant_only_where_nobody_holds_it(key: str, office: Office, vacant: str) -> None:
    """While its holder is away, its work is with the same one who could give it, and the reason is the true
    one.
    """
    person = scene.person(key)
    absence = away(key)
    while_away = Holders.here().of(office)
    assert while_away.note == f"{office.label} {person.short_name}: надолго нет на работе"
    services.take_absence_back(absence, by=who("anna"))
    assert Holders.here().of(office).name == person.short_name
    person.employments.update(ended_on=TODAY - DAY)
    when_gone = Holders.here().of(office)
    assert (when_gone.name, when_gone.note) == (while_away.name, vacant)


def test_nobody_counts_on_a_day_when_a_period_says_away() -> None:
    """A year of absences at random: on each day a person is employed and away, or employed and at work."""
    chance = random.Random(20261129)
    keys = ("boris", "vera", "lev", "irina")
    refusals = 0
    for _ in range(60):
        since = TODAY + chance.randint(-300, 100) * DAY
        ended = since + chance.randint(0, 60) * DAY if chance.random() < 0.9 else None
        try:
            away(chance.choice(keys), since=since, kind=chance.choice(list(ABSENCES)), ended_on=ended)
        except (Conflict, Invalid):  # the days are taken, or the person was not hired yet
            refusals += 1
    assert Absence.objects.count() + refusals == 60
    assert Absence.objects.count() > 10
    for number in range(-310, 170, 7):
        day = TODAY + number * DAY
        employed = set(Person.objects.employed(day))
        out = set(Person.objects.away(day))
        assert set(Person.objects.working(day)) == employed - out
        assert not set(staff_on(day)) & out
        told = [one for one in Absence.objects.all() if one.started_on <= day <= (one.ended_on or day)]
        assert {one.person for one in told} == out
        assert len(told) == len(out), "nobody is away twice"
        with clock.at(NOW + number * DAY):
            assert {person for person in employed if person.is_away} == out


def test_why_somebody_is_away_is_read_by_those_who_keep_the_list(visits: Any) -> None:
    """A colleague hears that the person is away, and no more: an illness is nobody's business."""
    away("boris", basis="приказ № 31-к от 12.10.2026")
    page = f"/s/5/people/{scene.person('boris').uuid}/"
    for key, reads in (("zhanna", True), ("anna", True), ("boris", True), ("irina", False), ("lev", False)):
        shown = visits(key).get(page).content.decode().replace("\xa0", " ")
        assert "сейчас отсутствует" in shown
        assert ("лительная болезнь" in shown) == reads, key
    listed = visits("lev").get("/s/5/people/?today=away").content.decode()
    assert "Кравцов" in listed
    assert "отсутствует" in listed
    assert "болезнь" not in listed


def test_a_pair_that_is_opened_knows_of_its_mentee_too() -> None:
    """Three years by hand: its mentees were looked for by the number of a person in place of the pair's."""
    pair, vera = scene.running(who).pair, scene.person("vera")
    assert pair.pk != vera.pk

    def found() -> list[tuple[bool, bool]]:
        shown = pair_for(who("anna"), pair.uuid)
        return [(one.is_away, one.has_left) for one in (shown.mentor, *shown.people)]

    assert found() == [(False, False), (False, False)]
    away("vera")
    assert found() == [(False, False), (True, False)]
    Absence.objects.all().delete()
    away("boris")
    assert found() == [(True, False), (False, False)]
    scene.dismiss("vera")
    assert found()[1] == (False, True)
