"""The autumn form: opened by the department, prefilled by the portal, signed by principals, accepted or returned."""

import datetime as dt

from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import uuid_of
from portal.demo.seeding.acting import Place, actor, moment
from portal.monitoring import services as school_forms
from portal.monitoring.models import SchoolForm
from portal.municipality import services
from portal.municipality.models import ReceivedForm
from portal.municipality.post_jobs import send_campaign
from tenants import post
from tenants.context import in_school
from tenants.models import School

NOT_YET = (5, 3)
"""Schools whose form still waits for its principal."""
WAITING, RETURNED = (7, 11), (9,)


def make_campaign(places: list[Place], today: dt.date) -> None:
    semyon = actor(uuid_of("user", "semyon"), None)
    with clock.at(moment(today - dt.timedelta(days=10))):
        for place in places:
            with in_school(place.school):
                school_forms.send_counters(Actor.system(school=place.school.uuid))
        post.deliver_everything()
        campaign = services.plan_campaign(title="Старт учебного года: охват и пары", indicators=["A01", "A02", "A05", "R04"], open_from=today - dt.timedelta(days=10),
                                          due_school=today + dt.timedelta(days=8), by=semyon)  # fmt: skip
        campaign = services.move_campaign(campaign, "open", by=semyon)
        send_campaign(by=semyon, campaign_uuid=str(campaign.uuid))
        post.deliver_everything()
    with clock.at(moment(today - dt.timedelta(days=5))):
        for place in places:
            if place.facts["number"] not in NOT_YET:
                sign(place)
        post.deliver_everything()
    answer(semyon)
    for place in places:
        with in_school(place.school):
            school_forms.send_counters(Actor.system(school=place.school.uuid))
    post.deliver_everything()
    for place in places:
        school = School.objects.get(pk=place.school.pk)
        if school.state == "staff_imported":
            services.move_school(school, "activate", by=semyon)


def sign(place: Place) -> None:
    with in_school(place.school):
        school_forms.hand_over_form(SchoolForm.objects.get(), by=actor(place.principal, place.school))


def answer(semyon: Actor) -> None:
    for form in ReceivedForm.objects.select_related("school").order_by("school__number"):
        if form.school.number in RETURNED:
            services.answer_form(form, "return", by=semyon, comment="Проверьте A05: в школе приказы о четырёх парах, а в форме другое число.")
        elif form.school.number not in WAITING:
            services.answer_form(form, "accept", by=semyon)
    post.deliver_everything()
