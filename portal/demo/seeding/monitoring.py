"""Counters of each week, and the autumn form: opened by the department, prefilled by the portal, signed by principals, accepted or returned."""

import datetime as dt

from portal.cabinet.services import nights as mentoring_nights
from portal.core.actor import Actor
from portal.demo.seeding.acting import Place, carry_down, carry_up, end_of_story, moment, official
from portal.demo.seeding.days import begins_on, shifted
from portal.demo.seeding.diary import Diary, Story
from portal.monitoring import services as school_forms
from portal.monitoring.models import SchoolForm
from portal.monitoring.workflow import SCHOOL_FORM
from portal.monitoring.workflow.numbers import Numbers
from portal.municipality import services
from portal.municipality.background import send_campaign
from portal.municipality.models import MonitoringCampaign, ReceivedForm
from portal.municipality.workflow import CAMPAIGN, RECEIVED, SCHOOL
from tenants import post
from tenants.context import in_city, in_school
from tenants.models import School

NOT_SIGNED = (5, 3, 14)
"""Schools whose form still waits for its principal; the time is up."""
NOT_CHECKED, RETURNED = (7, 11), 9
TITLE = "Начало учебного года: охват и пары"
OPENED, SIGNED, CHECKED, DUE = 14, 8, 5, 1
"""Working days before today."""
DAYS_COUNTED = 10
EXTRA = "Ещё трое помогают коллегам с сентября без приказа: посчитали и их."
RETURN_COMMENT = "В показатель A02 вы прибавили троих, которые помогают без приказа. Здесь считают только пары по приказу: поправьте число и пришлите снова."


def write_monitoring(places: list[Place], diary: Diary, today: dt.date) -> None:
    for place in places:
        if place.psychologist is not None or place.users:
            diary.write(_counters(place, today), place)
            diary.write(_nights(place, today), place)
    diary.write(_campaign(places, today))


def _counters(place: Place, today: dt.date) -> Story:
    """The agreed numbers, as they were on evenly chosen days of the year so far and today."""
    begins = begins_on(today)
    step = max(7, (today - begins).days // (DAYS_COUNTED - 1))
    days = [today - dt.timedelta(days=step * back) for back in reversed(range(DAYS_COUNTED))]
    for day in days:
        if day >= begins:
            yield end_of_story(today) if day == today else moment(day, 21)
            school_forms.send_counters(Actor.system(school=place.school.uuid))


def _nights(place: Place, today: dt.date) -> Story:
    """What time does each night: here it did it last night."""
    yield end_of_story(today)
    mentoring_nights.every_day(Actor.system(school=place.school.uuid))


def _campaign(places: list[Place], today: dt.date) -> Story:
    semyon = official("semyon")
    yield moment(shifted(today, -OPENED), 10)
    campaign = services.plan_campaign(
        title=TITLE,
        indicators=["A01", "A02", "A05", "R04"],
        open_from=shifted(today, -OPENED),
        due_school=shifted(today, -DUE),
        by=semyon,
    )
    yield moment(shifted(today, -OPENED), 11)
    CAMPAIGN.move(MonitoringCampaign.objects.get(pk=campaign.pk), "open", by=semyon)
    send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
    post.deliver_everything()
    yield moment(shifted(today, -SIGNED), 15)
    for place in places:
        if place.number not in NOT_SIGNED:
            _sign(place)
            carry_up(place)
    yield moment(shifted(today, -CHECKED), 12)
    for place in places:
        _answer(place, semyon)


def _sign(place: Place) -> None:
    with in_school(place.school):
        form = SchoolForm.objects.get()
        if place.number == RETURNED:
            value = form.values.get(indicator="A02")
            more = {**value.declared, "involved": (value.declared["involved"] or 0) + 3}
            form = SCHOOL_FORM.move(
                form,
                "fill",
                by=place.by(place.curator),
                asked=Numbers(declared={"A02": more}, explanations={"A02": EXTRA}),
            )
        school_forms.hand_over_form(form, by=place.by(place.principal))


def _answer(place: Place, semyon: Actor) -> None:
    with in_city():
        form = ReceivedForm.objects.filter(school=place.school).first()
        if form is None or place.number in NOT_CHECKED:
            return
        if place.number == RETURNED:
            RECEIVED.move(form, "return", by=semyon, comment=RETURN_COMMENT)
        else:
            RECEIVED.move(form, "accept", by=semyon)
    carry_down(place)


def activate_schools(places: list[Place]) -> None:
    """The department notes that a school works, when all four steps of joining are done."""
    semyon = official("semyon")
    for place in places:
        school = School.objects.get(pk=place.school.pk)
        if school.state == "staff_imported":
            SCHOOL.move(school, "activate", by=semyon)
