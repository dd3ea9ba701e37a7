"""Background work of the department: letters by mail, letters to schools, the post once more."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from portal.accounts.models import Invitation
from portal.accounts.offices import Office
from portal.accounts.services import invitation_by_token, invite_to_city, revoke_invitation
from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.access import can_remind
from portal.municipality.campaign_letters import ask_school, remind_school, tell_school
from portal.municipality.dues import dues_of
from portal.municipality.models import CampaignSchool, DepartmentName, MonitoringCampaign, OfficeInvitation
from portal.municipality.states import CampaignState
from tenants import post
from tenants.context import open_schools
from tenants.jobs import city_job, whoever_asked
from tenants.mending import let_go_on
from tenants.models import School, SchoolState

CHUNK = 50


@city_job("municipality.invite_principal", may=lambda by: by.can("school:open"), whole=True)
def invite_principal_by_mail(*, by: Actor, school_uuid: str) -> None:
    """Make the invitation and send its letter. The secret exists only in the letter; run again, it makes a
    newer letter.
    """
    school = School.objects.get(uuid=UUID(school_uuid))
    if school.state != SchoolState.SCHEMA_CREATED or not school.principal_email:
        return
    with transaction.atomic():
        Invitation.objects.filter(school=school, office=Office.PRINCIPAL, used_at=None).update(
            expires_at=clock.now()
        )
        basis = f"соглашение № {school.agreement_number} от {school.agreement_on:%d.%m.%Y}"
        token = invite_to_city(
            school.principal_email, office=Office.PRINCIPAL, basis=basis, school=school, by=by
        )
        _letter(
            "invite_principal",
            f"Приглашение в «Эстафету»: {school.short_name}",
            school.principal_email,
            token,
            school=school,
        )


def _letter(template: str, subject: str, to: str, token: str, **more: object) -> None:
    context = {
        "url": f"{settings.PORTAL_URL}/invitation/{token}/",
        "days": settings.INVITATION_DAYS,
        "department": DepartmentName.here().name,
        "support": settings.SUPPORT_CONTACT,
        **more,
    }
    send_mail(subject, render_to_string(f"municipality/mail/{template}.txt", context), None, [to])


def _forget_invited(*, by: Actor, invited_uuid: str) -> None:
    """Whoever named this person may name nobody any more: the letter does not leave, the name is
    forgotten.
    """
    OfficeInvitation.objects.filter(uuid=UUID(invited_uuid), invitation=None).delete()


@city_job(
    "municipality.invite_official",
    may=lambda by: by.can("city_office:give"),
    otherwise=_forget_invited,
    whole=True,
)
def invite_official_by_mail(*, by: Actor, invited_uuid: str) -> None:
    """The letter to whom the department has named to an office; run again, it makes a newer letter."""
    with transaction.atomic():
        invited = OfficeInvitation.objects.select_for_update().filter(uuid=UUID(invited_uuid)).first()
        if invited is None:
            return  # withdrawn or accepted meanwhile
        if invited.invitation is not None:
            revoke_invitation(invited.invitation, by=by)
        token = invite_to_city(
            invited.email,
            office=invited.office,
            basis=invited.basis,
            by=by,
            valid_from=invited.valid_from,
            valid_to=invited.valid_to,
        )
        invited.invitation = invitation_by_token(token)
        invited.save_change("invitation")
        _letter(
            "invite_official",
            "Приглашение в «Эстафету»: работа в городе",
            invited.email,
            token,
            invited=invited,
        )


@city_job(
    "municipality.send_campaign", may=whoever_asked("the campaign is open: each school must hear of it")
)
def send_campaign(*, by: Actor, campaign_uuid: str) -> None:
    """Write to every school that works, fifty in a transaction; a school that has its letter is passed by, so
    it can be run again.

    A school that is still joining is asked when it begins to work. The campaign is locked, so that nobody
    closes it in the middle of fifty.
    """
    campaign = MonitoringCampaign.objects.get(uuid=UUID(campaign_uuid))
    asked = CampaignSchool.objects.filter(campaign=campaign).values("school")
    waiting = list(School.objects.filter(state=SchoolState.ACTIVE).exclude(pk__in=asked).order_by("pk"))
    for start in range(0, len(waiting), CHUNK):
        with transaction.atomic():
            locked = MonitoringCampaign.objects.select_for_update().get(pk=campaign.pk)
            if locked.state != CampaignState.OPEN:
                return
            for school in waiting[start : start + CHUNK]:
                ask_school(locked, school, by=by)


@city_job(
    "municipality.tell_campaign",
    may=whoever_asked("the campaign is closed, extended or cancelled already: each school must hear of it"),
)
def tell_campaign(*, by: Actor, campaign_uuid: str) -> None:
    """Tell every school that was asked what has become of the campaign; a school that was told of this change
    is passed by.
    """
    campaign = MonitoringCampaign.objects.get(uuid=UUID(campaign_uuid))
    waiting = list(
        CampaignSchool.objects.filter(campaign=campaign, told__lt=campaign.turn)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(waiting), CHUNK):
        with transaction.atomic():
            locked = MonitoringCampaign.objects.select_for_update().get(pk=campaign.pk)
            rows = CampaignSchool.objects.select_for_update(of=("self",)).filter(
                pk__in=waiting[start : start + CHUNK], told__lt=locked.turn
            )
            for row in rows.select_related("school").order_by("pk"):
                tell_school(locked, row, by=by)


@city_job("municipality.remind_schools", may=can_remind)
def remind_schools(*, by: Actor, campaign_uuid: str) -> None:
    """Remind every school with which a form of the campaign is; whoever was reminded today is passed by."""
    campaign = MonitoringCampaign.objects.get(uuid=UUID(campaign_uuid))
    for row in dues_of([campaign]):
        with transaction.atomic():
            remind_school(row, by=by)


@city_job("municipality.apply_post", may=whoever_asked("letters are applied every minute anyway"))
def apply_post(*, by: Actor) -> None:
    """Apply what waits in the city's inbox now."""
    post.apply_in_city()


@city_job("municipality.mend_letter", may=lambda by: by.can("post:watch"))
def mend_letter_of_school(*, by: Actor, school_uuid: str, letter_uuid: str, again: bool) -> None:
    """A letter in the box of a school goes on or is set aside: by the post's own role, since the city does
    not enter schools.
    """
    let_go_on(UUID(school_uuid), UUID(letter_uuid), again=again)
    place = open_schools().filter(uuid=UUID(school_uuid)).first()
    if place is not None:
        post.apply_in_school(place)
