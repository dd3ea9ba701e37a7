"""Cards, needs and programmes of a past day: counted by the states of the day, whatever became of them; where
the states were not kept, «нет данных» (docs/adr/0040).
"""

import datetime as dt
from contextlib import AbstractContextManager

import pytest

from portal.cabinet.selectors.of_day import figures_on, unknown_on
from portal.core import clock
from portal.mentor_bank.models import CardStage, MenteeNeed, MentorCard, NeedStage
from portal.mentor_bank.selectors.figures import open_needs, ready_mentors
from portal.mentor_bank.workflow import CARD, NEED
from portal.pair_work.models import Programme, ProgrammeStage
from portal.pair_work.selectors.figures import pairs_with_programme, running_programmes
from portal.pair_work.services import submit_programme
from portal.pair_work.workflow import PROGRAMME
from portal.staff.models import Person
from portal.staff.services import begin_absence
from portal.staff.services.absences import Away
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import who

pytestmark = pytest.mark.usefixtures("in_school5")
MENTORS, NEEDS, PROGRAMMES = (
    "Подтверждённые наставники",
    "Потребности, которые ждут наставника",
    "Программы, которые выполняются",
)


def day(word: str) -> dt.date:
    return dt.datetime.strptime(word, "%d.%m.%Y").replace(tzinfo=dt.UTC).date()


def at(word: str) -> AbstractContextManager[None]:
    return clock.at(dt.datetime.combine(day(word), dt.time(9), dt.UTC))


def mentors(*words: str) -> list[int]:
    return [ready_mentors(day(word)).count() for word in words]


def needs(*words: str) -> list[int]:
    return [open_needs(day(word)).count() for word in words]


def programmes(*words: str) -> list[int]:
    return [running_programmes(day(word)).count() for word in words]


def test_a_card_has_the_state_of_the_day() -> None:
    with at("01.10.2026"):
        card = scene.wishing(who)
    with at("05.10.2026"):
        for verb in ("recommend", "confirm"):
            CARD.move(card, verb, by=who("anna"))
    with at("20.10.2026"):
        begin_absence(
            scene.person("boris"), Away(kind="illness", started_on=day("20.10.2026")), by=who("anna")
        )
    with at("23.11.2026"):
        assert mentors("30.09.2026", "04.10.2026", "05.10.2026", "19.10.2026") == [0, 0, 1, 1]
        assert mentors("20.10.2026", "22.11.2026") == [0, 0], "who was away was not proposed"
        assert [one.state for one in CardStage.objects.filter(card=card)] == ["candidate", "confirmed"]


def test_a_need_has_the_state_of_the_day() -> None:
    with at("01.10.2026"):
        need = scene.a_need(who)
    with at("07.10.2026"):
        NEED.move(need, "decline", by=who("anna"), comment="решили иначе")
    with at("23.11.2026"):
        assert needs("30.09.2026", "01.10.2026", "06.10.2026", "07.10.2026") == [0, 1, 1, 0]
        assert needs("23.11.2026") == [0], "of today by the present state"


def test_a_programme_counts_since_the_day_it_was_approved_and_till_it_came_to_nothing() -> None:
    with at("12.10.2026"):
        pair = scene.active(who)
    with at("19.10.2026"):
        made = submit_programme(scene.written(who, pair), by=who("boris"))
        PROGRAMME.move(made, "confirm", by=who("vera"))
    with at("26.10.2026"):
        made.refresh_from_db()
        PROGRAMME.move(made, "approve", by=who("anna"))
    with at("23.11.2026"):
        shares = [pairs_with_programme(day(word)) for word in ("25.10.2026", "26.10.2026", "22.11.2026")]
        assert [(share.part, share.whole) for share in shares] == [(0, 1), (1, 1), (1, 1)]
        assert programmes("25.10.2026", "26.10.2026", "22.11.2026") == [0, 1, 1]
        Programme.objects.update(state="cancelled")
        assert pairs_with_programme(day("22.11.2026")).part == 1, "it was so on that day"
        assert pairs_with_programme().part == 0


def counted(on: dt.date | None) -> list[int | None]:
    agreed = pairs_with_programme(on)
    return [ready_mentors(on).count(), open_needs(on).count(), running_programmes(on).count(), agreed.part]


def test_yesterday_is_told_by_its_states_and_today_and_later_by_the_present_ones() -> None:
    """Also where the two differ, which no step of the portal leaves behind."""
    with at("12.10.2026"):
        made = submit_programme(scene.written(who, scene.active(who)), by=who("boris"))
        PROGRAMME.move(made, "confirm", by=who("vera"))
        made.refresh_from_db()
        PROGRAMME.move(made, "approve", by=who("anna"))
        scene.a_need(who, "lev")
    with at("23.11.2026"):
        today, one = clock.today(), dt.timedelta(days=1)
        days = (today - one, today, today + one, None)
        assert [counted(on) for on in days] == [[1, 1, 1, 1]] * 4
        MentorCard.objects.update(state="withdrawn")
        MenteeNeed.objects.update(state="declined")
        Programme.objects.update(state="cancelled")
        assert [counted(on) for on in days] == [[1, 1, 1, 1], *([[0, 0, 0, 0]] * 3)]


def test_where_nobody_kept_the_states_there_are_no_data() -> None:
    """Rows of before the states were kept: no 0 is said of what is not known."""
    with at("01.10.2026"):
        scene.a_card(who)
        scene.a_need(who)
    Person.objects.update(created_at=dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC))
    with at("23.11.2026"):
        known = dict(figures_on(day("15.10.2026")))
        assert (known[MENTORS], known[NEEDS], known[PROGRAMMES]) == ("1", "1", "0")
        assert not any("Состояния некоторых карточек" in said for said in unknown_on(day("15.10.2026")))
        assert dict(figures_on(day("01.08.2026")))[MENTORS] == "нет данных", "the list was not kept then"
        for stage in (CardStage, NeedStage, ProgrammeStage):
            stage.objects.all().delete()
        lost = dict(figures_on(day("15.10.2026")))
        assert (lost[MENTORS], lost[NEEDS], lost[PROGRAMMES]) == ("нет данных", "нет данных", "0")
        assert any("Состояния некоторых карточек" in said for said in unknown_on(day("15.10.2026")))
        NEED.move(MenteeNeed.objects.get(), "decline", by=who("anna"), comment="решили иначе")
        assert dict(figures_on(day("15.10.2026")))[NEEDS] == "нет данных", "the step of today tells today"
        assert dict(figures_on(clock.today()))[MENTORS] == "1"
        assert MentorCard.objects.count() == 1
