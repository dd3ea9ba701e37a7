"""Who owes the department a form: never handed over, or sent back and still with the school; of open
campaigns and working schools, and by what each campaign has asked of each school.
"""

import datetime as dt

import pytest

from portal.core import clock
from portal.municipality.dues import dues_of, never_handed_over, sent_back
from portal.municipality.models import CampaignSchool, MonitoringCampaign, SchoolReminder
from portal.municipality.states import CampaignState, Matter, ReceivedState
from tenants.models import School, SchoolState
from tests.pages.test_oversight_city import hand_over, school

RETURNED, ACCEPTED, SUBMITTED = ReceivedState.RETURNED, ReceivedState.ACCEPTED, ReceivedState.SUBMITTED


def campaign(title: str, days_left: int = 5, state: str = CampaignState.OPEN) -> MonitoringCampaign:
    return MonitoringCampaign.objects.create(
        title=title,
        year=2026,
        indicators=["A01"],
        state=state,
        open_from=clock.today(),
        due_school=clock.today() + dt.timedelta(days=days_left),
    )


@pytest.fixture
def autumn(db: None) -> MonitoringCampaign:
    School.objects.update(state=SchoolState.ARCHIVED)
    return campaign("Осень")


@pytest.mark.covers("found B5")
def test_a_form_that_was_sent_back_is_owed_until_the_next_revision(autumn: MonitoringCampaign) -> None:
    spring = campaign("Весна", 90)
    owes, sent_again, of_another = school(301), school(302), school(303)
    for place in (owes, sent_again, of_another):
        hand_over(autumn, place, 1, 2, RETURNED)
    hand_over(autumn, sent_again, 1, 2, SUBMITTED, revision=2)
    hand_over(spring, of_another, 1, 2, SUBMITTED, revision=2)
    assert set(sent_back().values_list("school__number", flat=True)) == {301, 303}, (
        "a newer revision of another school, or of another campaign, answers nothing"
    )


@pytest.mark.covers("found B5")
def test_nothing_is_owed_where_nothing_is_asked_any_more(autumn: MonitoringCampaign) -> None:
    closed = campaign("Лето", -5, CampaignState.CLOSED)
    asked, no_more, of_closed, archived = school(301), school(302), school(303), school(304)
    for place in (asked, no_more, archived):
        hand_over(autumn, place, 1, 2, RETURNED)
    hand_over(closed, of_closed, 1, 2, RETURNED)
    CampaignSchool.objects.filter(campaign=autumn, school=no_more).delete()
    CampaignSchool.objects.create(campaign=closed, school=no_more)
    School.objects.filter(pk=archived.pk).update(state=SchoolState.ARCHIVED)
    assert list(sent_back().values_list("school__number", flat=True)) == [301]
    assert list(never_handed_over()) == [], "the closed one waits for nothing, though nothing came"
    assert [due.school.number for due in dues_of([autumn, closed])] == [301]


@pytest.mark.covers("found B5")
def test_debts_stand_by_the_term_and_then_by_the_number_of_the_school(autumn: MonitoringCampaign) -> None:
    spring = campaign("Весна", 2)
    late, early, nameless = school(320), school(310), school(305)
    School.objects.filter(pk=nameless.pk).update(number=None)
    for place in (late, early, nameless):
        CampaignSchool.objects.create(campaign=autumn, school=place)
    hand_over(autumn, late, 1, 2, RETURNED)
    hand_over(spring, late, 1, 2, ACCEPTED)
    hand_over(spring, nameless, 1, 2, SUBMITTED)
    SchoolReminder.objects.create(
        campaign=autumn, school=late, matter=Matter.REMARKS, reminded_on=clock.today()
    )
    CampaignSchool.objects.create(campaign=spring, school=early)
    assert [
        (due.campaign.title, due.school.number, due.returned is not None) for due in dues_of([autumn, spring])
    ] == [
        ("Весна", 310, False),
        ("Осень", None, False),
        ("Осень", 310, False),
        ("Осень", 320, True),
    ]
    assert [due.school.number for due in dues_of([autumn, spring]) if not due.may_be_reminded] == [320], (
        "of what one was reminded today, and of nothing else"
    )
    assert [due.campaign for due in dues_of([spring], [early.pk, late.pk])] == [spring]
    assert [due.school.number for due in dues_of([autumn], [late.pk])] == [320]
