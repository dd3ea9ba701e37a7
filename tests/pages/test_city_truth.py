"""The city's page over every mix of campaigns (found B5): what it may say, from what, and that its cost does
not grow.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Membership, User
from portal.accounts.offices import Office
from portal.core import clock
from portal.municipality.indicators import Share
from portal.municipality.models import CampaignSchool, MonitoringCampaign, ReceivedForm, SchoolCounters
from portal.municipality.states import CampaignState, ReceivedState
from portal.oversight.selectors import CAMPAIGNS_SHOWN, coverage, newest_and_enough, overview
from tenants.models import School, SchoolState
from tests.pages.test_oversight_city import hand_over, school, value

SignIn = Callable[[str], Client]
DAY = dt.timedelta(days=1)
CALM = "Сейчас всё в порядке"


def plan(
    title: str, days_left: int, *, begun: int = 20, state: str = CampaignState.OPEN
) -> MonitoringCampaign:
    today = clock.today()
    return MonitoringCampaign.objects.create(
        title=title,
        year=2026,
        indicators=["A01", "A02", "A05", "R04"],
        state=state,
        open_from=today - begun * DAY,
        due_school=today + days_left * DAY,
    )


def ask(campaign: MonitoringCampaign, places: list[School], accepted: int, covered: int = 8) -> None:
    """All are asked; the first `accepted` of them handed over `covered` of 10."""
    for number, place in enumerate(places):
        CampaignSchool.objects.create(campaign=campaign, school=place)
        if number < accepted:
            hand_over(campaign, place, covered, 10)


def no_data(places: list[School]) -> None:
    """Nothing was ever asked."""


def one_of_twelve(places: list[School]) -> None:
    ask(plan("Весна", 10), places, 1)


def half(places: list[School]) -> None:
    ask(plan("Весна", 30), places, 6)


def two_at_once(places: list[School]) -> None:
    """The older one is overdue at three schools, of the newer one a form is accepted: the page said 80 % and
    «всё в порядке».
    """
    ask(plan("Осень", -2, begun=40), places, 9, covered=5)
    ask(plan("Весна", 60), places, 1)


def overdue_in_both(places: list[School]) -> None:
    ask(plan("Осень", -9, begun=40), places, 11)
    ask(plan("Весна", -2), places, 11)


def closed_and_late(places: list[School]) -> None:
    """The collection was closed; one form came late and waits for the department."""
    campaign = plan("Осень", -10, begun=40, state=CampaignState.CLOSED)
    ask(campaign, places, 10, covered=5)
    hand_over(campaign, places[10], 10, 10, state=ReceivedState.LATE_SUBMITTED)


def draft(places: list[School]) -> None:
    ask(plan("Черновик", -5, state=CampaignState.DRAFT), places, 0)


def joining(places: list[School]) -> None:
    """Whoever is only connecting was asked, and owes nothing yet."""
    School.objects.filter(pk__in=[place.pk for place in places]).update(state=SchoolState.CURATOR_APPOINTED)
    ask(plan("Осень", -5), places, 0)


def suspended(places: list[School]) -> None:
    School.objects.filter(pk__in=[place.pk for place in places]).update(state=SchoolState.SUSPENDED)
    ask(plan("Осень", -5), places, 0)


def slow_department(places: list[School]) -> None:
    """Everybody handed over; the department has not answered for two weeks."""
    campaign = plan("Осень", 3)
    ask(campaign, places, 11)
    hand_over(campaign, places[11], 8, 10, state=ReceivedState.SUBMITTED)
    ReceivedForm.objects.filter(state=ReceivedState.SUBMITTED).update(submitted_at=clock.now() - 14 * DAY)


ROWS: list[tuple[Callable[[list[School]], None], list[str], list[str]]] = [
    (no_data, ["нет данных", CALM], ["рано", "просрочена"]),
    (
        one_of_twelve,
        ["рано сравнивать", "принято у 1 из 12", "Форму «Весна» пока не сдали 11 школ из 12"],
        ["80 %", CALM],
    ),
    (half, ["80 %", "48 из 60. Из «Весна», принято у 6 из 12"], ["рано", "просрочена"]),
    (
        two_at_once,
        [
            "50 %",
            "45 из 90. Из «Осень», принято у 9 из 12",
            "форма не сдана, 2 дня после срока",
            "форма просрочена",
            "«Весна», срок",
        ],
        ["80 %", CALM],
    ),
    (
        overdue_in_both,
        ["форма не сдана и ещё 1, 9 дней после срока", "«Осень»: срок был", "«Весна»: срок был"],
        [CALM],
    ),
    (closed_and_late, ["50 %", "Из «Осень», принято у 10 из 12", "сдана с опозданием", CALM], ["просрочена"]),
    (draft, ["нет данных", CALM], ["Черновик", "просрочена"]),
    (joining, ["ещё подключается"], ["просрочена", "не сдана,"]),
    (suspended, ["на паузе 12"], ["форма не сдана,", "просрочена"]),
    (slow_department, ["Сданные формы ждут ответа Управления"], [CALM]),
]


@pytest.fixture
def twelve(db: None) -> list[School]:
    """Only these twelve are in the city; whoever leads them is not the matter here."""
    School.objects.update(state=SchoolState.ARCHIVED)
    return led([school(number, agreed_counters=[]) for number in range(201, 213)])


def led(places: list[School]) -> list[School]:
    """Each with a principal and a curator."""
    head = User.objects.create(email="head@schools.example", last_name="Орлов", first_name="Пётр")
    Membership.objects.bulk_create(
        Membership(user=head, school=place, office=office, basis="приказ", valid_from=clock.today())
        for place in places
        for office in (Office.PRINCIPAL, Office.CURATOR)
    )
    return places


def told(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().replace("\xa0", " "))
    return re.sub(r"\s+", " ", text)


@pytest.mark.covers("found B5")
@pytest.mark.parametrize(("begin", "says", "never"), ROWS, ids=[row[0].__name__ for row in ROWS])
def test_what_the_page_may_say(
    begin: Callable[[list[School]], None],
    says: list[str],
    never: list[str],
    twelve: list[School],
    as_: SignIn,
) -> None:
    begin(twelve)
    page = told(as_("semyon").get("/city/"))
    assert [words for words in says if words not in page] == [], page
    assert [words for words in never if words in page] == [], page
    api = as_("semyon").get("/api/v1/city/").json()
    assert api["enough"] is (begin not in (no_data, one_of_twelve, draft, joining, suspended))


@pytest.mark.covers("found B5")
def test_the_cost_grows_neither_with_schools_nor_with_campaigns(twelve: list[School], as_: SignIn) -> None:
    client = as_("semyon")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/city/").status_code == 200
        return len(seen)

    ask(plan("Осень", -2), twelve[:2], 1)
    asked()
    few = asked()
    for number in range(5):
        ask(plan(f"Сбор {number}", -number), twelve, 7)
    ask(plan("Большой сбор", -1), [school(number) for number in range(301, 320)], 15)
    assert asked() <= few, "a chart of campaigns takes the place of the one of days"


@pytest.mark.covers("found B5")
def test_the_way_of_coverage_is_of_last_accepted_revisions(twelve: list[School]) -> None:
    """Of each campaign that has enough forms and asked about it, the oldest first; nothing but the last
    accepted form of a school counts.
    """
    autumn, spring, winter = (
        plan("Осень", -60, begun=90),
        plan("Весна", 5, begun=9),
        plan("Зима", 2, begun=30),
    )
    ask(autumn, twelve[:4], 3, covered=2)
    hand_over(autumn, twelve[0], 5, 10, revision=2)
    hand_over(autumn, twelve[1], 9, 10, state=ReceivedState.RETURNED, revision=2)
    hand_over(autumn, twelve[3], 9, 10, state=ReceivedState.SUBMITTED)
    ask(spring, twelve[:4], 4, covered=6)
    ask(winter, twelve[:4], 4)
    MonitoringCampaign.objects.filter(pk=winter.pk).update(indicators=["A02"])
    ask(plan("Рано", 9, begun=1), twelve, 1)
    assert [(row.title, share) for row, share in coverage()] == [
        ("Осень", Share(5 + 2 + 2, 30)),
        ("Весна", Share(24, 40)),
    ]


@pytest.mark.covers("found B5")
def test_shares_are_said_of_the_newest_campaign_that_has_enough(twelve: list[School]) -> None:
    assert newest_and_enough() == (None, None)
    ask(plan("Рано", 9, begun=3), twelve, 1)
    newest, source = newest_and_enough()
    assert newest is not None
    assert newest == source, "with none that has enough, the newest says that it is early"
    autumn = plan("Осень", -9, begun=40)
    ask(autumn, twelve, 7, covered=3)
    CampaignSchool.objects.create(campaign=autumn, school=school(213))
    ask(plan("Прошлая весна", -90, begun=200), twelve, 12, covered=10)
    newest, source = newest_and_enough()
    assert (newest.title, source.title) == ("Рано", "Осень")  # type: ignore[union-attr]
    view = overview(newest, source)
    assert (view.shares_from.words, view.young) == ("принято у 7 из 13", Share(21, 70))
    words = {line.school.number: line.form_word for line in view.lines}
    assert (words[201], words[202], words[213]) == ("принята", "не сдана", "не спрашивали"), (
        "forms are those of the newest"
    )


@pytest.mark.covers("found B5")
def test_a_campaign_of_long_ago_is_shown_with_its_own_day(twelve: list[School]) -> None:
    """Older than those of the chart, and not the only one so old."""
    oldest, older = (plan(f"Давно {n}", -200, begun=400 + n) for n in (2, 1))
    ask(oldest, twelve, 6)
    ask(older, twelve, 9)
    ReceivedForm.objects.filter(campaign=oldest).update(checked_at=clock.now() - 100 * DAY)
    hand_over(oldest, twelve[7], 1, 2, state=ReceivedState.RETURNED)
    for number in range(CAMPAIGNS_SHOWN):
        plan(f"Сбор {number}", 5, begun=20 + number)
    told_from = overview(oldest).shares_from
    assert (told_from.words, told_from.accepted_on) == (
        "принято у 6 из 12",
        clock.local(clock.now() - 100 * DAY).date(),
    )


@pytest.mark.covers("found B5")
def test_a_picked_campaign_is_shown_as_it_is(twelve: list[School], as_: SignIn) -> None:
    two_at_once(twelve)
    newest = MonitoringCampaign.objects.get(title="Весна")
    page = told(as_("semyon").get("/city/", {"campaign": str(newest.uuid)}))
    assert "Доли: из форм «Весна», принято у 1 из 12: рано сравнивать" in page
    assert "форма не сдана, 2 дня после срока" in page, (
        "attention is over all open campaigns, whichever is shown"
    )


def rows_read(client: Client) -> int:
    """How many rows the database gave for the page."""
    found: list[int] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        found.append(max(0, context["cursor"].rowcount))
        return answer

    with connection.execute_wrapper(count):
        assert client.get("/city/").status_code == 200
    return sum(found)


def test_no_school_is_read_but_those_that_are_drawn(twelve: list[School], as_: SignIn) -> None:
    """Sums, the most urgent and the number of the others are made where the rows are."""
    client, campaign = as_("semyon"), plan("Осень", -2)
    ask(campaign, [*twelve, *(school(number) for number in range(301, 360))], 40)
    client.get("/city/")
    full = rows_read(client)
    ask(campaign, [school(number) for number in range(401, 440)], 20)
    assert rows_read(client) == full


def differing(places: list[School]) -> None:
    """Forms and counters of every kind: whole, with gaps, with nulls, of several revisions and days."""
    campaign = plan("Весна", 5)
    ask(campaign, places, 8)
    form = ReceivedForm.objects.filter(campaign=campaign)
    form.filter(school=places[0]).update(values=[value("A01", young_covered=1, young_total=1)])
    form.filter(school=places[1]).update(values=[value("A05", head_teacher=2), value("A02")])
    form.filter(school=places[2]).update(values=[value("A01", young_covered=None, young_total=4)])
    hand_over(campaign, places[3], 2, 5, revision=2)
    hand_over(campaign, places[4], 9, 9, state=ReceivedState.RETURNED, revision=2)
    today = clock.today()
    for place, day, pairs, practices in (
        (places[3], today, None, 7),
        (places[5], today - DAY, 9, None),
        (places[5], today, 4, 1),
        (places[9], today - 40 * DAY, 6, 0),
    ):
        SchoolCounters.objects.create(
            school=place, counted_on=day, active_pairs=pairs, school_practices=practices
        )


def test_the_sums_are_those_of_the_lines(twelve: list[School]) -> None:
    differing(twelve)
    view = overview(*newest_and_enough())
    lines = {line.school.number: line for line in view.lines}
    assert [lines[number].pairs for number in (201, 202, 204, 206, 210, 211)] == [None, 2, 4, 4, 6, None]
    assert [lines[number].in_bank for number in (201, 204, 206, 210)] == [None, 7, 1, 0]
    assert (lines[204].young.words, lines[205].young.words) == ("2 из 5", "8 из 10")
    assert (lines[205].form_word, lines[203].young.words) == ("возвращена", "нет данных")

    def summed(numbers: Iterable[int | None]) -> int:
        return sum(number or 0 for number in numbers)

    both = [line.young for line in lines.values() if line.young.part is not None and line.young.whole]
    assert view.young == Share(summed(s.part for s in both), summed(s.whole for s in both))
    assert view.involved == Share(10 * 5, 40 * 5)
    assert view.pairs == summed(line.pairs for line in lines.values())
    assert view.in_bank == summed(line.in_bank for line in lines.values())
    assert view.totals.with_pairs == sum(line.pairs is not None for line in lines.values())
    assert (view.totals.asked, view.totals.accepted) == (12, 7)
    assert dict(view.pairs_by_form())["Руководитель – педагог"] == 2 + 5


@pytest.mark.covers("found B5")
def test_what_is_late_stands_first_and_the_rest_is_counted(twelve: list[School], as_: SignIn) -> None:
    """Nine are late, one was sent back, one has lost its curator, one is silent: twelve matters, eight shown,
    and each line of the table names its own.
    """
    campaign = plan("Осень", -2)
    ask(campaign, twelve[3:], 0)
    hand_over(campaign, twelve[2], 1, 2, state=ReceivedState.RETURNED)
    Membership.objects.filter(school=twelve[1], office=Office.CURATOR).update(
        valid_from=clock.today() - 9 * DAY, valid_to=clock.today() - DAY
    )
    School.objects.filter(pk=twelve[0].pk).update(agreed_counters=["active_pairs"])
    SchoolCounters.objects.create(school=twelve[0], counted_on=clock.today() - 9 * DAY, active_pairs=1)
    page = told(as_("semyon").get("/city/"))
    attention, table = page.split("Требуют внимания")[1].split("Сначала те")
    named = re.findall(r"Школа № (\d+): (\w+ \w+)", attention)
    assert list(dict.fromkeys(named)) == [
        ("202", "нет куратора"),
        *((str(number), "форма не") for number in range(204, 211)),
    ]
    assert "И ещё 4 дела" in attention
    words = ["числа не приходят", "нет куратора", "форма возвращена", *["форма просрочена"] * 9]
    assert re.findall("|".join(dict.fromkeys(words)), table.split("Практики")[1]) == words
