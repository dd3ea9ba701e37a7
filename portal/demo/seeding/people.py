"""Each school begins: the deputy becomes curator by order, the Положение comes into force, the staff is loaded from a file and joins."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.services import begin_membership
from portal.core import clock
from portal.core.actor import Actor
from portal.demo.cast import CAST, CastMember
from portal.demo.seeding import staffing
from portal.demo.seeding.acting import Place, actor, carry_down, carry_up, moment, paper, scan, user_uuid
from portal.demo.seeding.city import make_user
from portal.demo.seeding.days import shifted
from portal.demo.seeding.diary import Story
from portal.documents.sheets import write_sheet
from portal.local_acts import services as acts
from portal.local_acts.workflow import ACT
from portal.local_acts.workflow.acts import Marks
from portal.mentor_bank import services as mentoring
from portal.staff import services as staff
from portal.staff.list_rows import columns
from portal.staff.models import Person
from portal.staff.selectors import has_consent
from portal.staff.services import consents, imports
from portal.staff.services.invitations import send_invitation
from portal.staff.services.offices import give_office
from portal.staff.services.people import edit_person, enter_deputy
from portal.staff.states import ConsentKind
from portal.staff.workflow import CONSENT, IMPORT
from portal.staff.workflow.consents import SignedPaper
from portal.staff.workflow.imports import ListAccepted
from tenants import post
from tenants.context import in_city, in_school

JOINED_SHARE, JOINED_IN_FIVE = 0.78, 0.9
RUN_OUT, IN_MAIL, ASKED = 30, 2, 1
"""Working days ago on which somebody who has not joined was invited."""
WITH_ASSOCIATION_REVIEWS = (1, 5)
"""Schools whose association looks at programmes; its leader has the office in the portal."""


def begin_schools(places: list[Place], names: staffing.Names) -> None:
    """Everything between open schools and working ones; the post goes round once after each stage."""
    deputies = {place.number: staffing.deputy_of(place, names) for place in places}
    for stage in (_enter, _appoint, _load, _join_all, _give_offices):
        for place in places:
            stage(place, deputies[place.number], names)
        post.deliver_everything()
    for place in places:
        place.actors.clear()
        _settle(place)


def begin_late(place: Place, names: staffing.Names) -> None:
    """A school that is still joining: it has a curator, and the draft of its Положение waits."""
    deputy = staffing.deputy_of(place, names)
    _enter(place, deputy, names)
    carry_down(place)
    with in_school(place.school):
        _curator_by_order(place, deputy)
        acts.load_municipal_act(by=actor(place.principal, place.school))
    carry_up(place)


def _enter(place: Place, deputy: CastMember, names: staffing.Names) -> None:
    """The principal enters the deputy, who accepts the invitation."""
    with in_school(place.school):
        person = enter_deputy(
            by=actor(place.principal, place.school),
            subjects=list(deputy.subjects),
            **staffing.facts_of(deputy),
        )
    with in_city():
        _join(place, person, make_user(deputy))
    place.curator = deputy.uuid


def _appoint(place: Place, deputy: CastMember, names: staffing.Names) -> None:
    with in_school(place.school):
        principal = actor(place.principal, place.school)
        _curator_by_order(place, deputy)
        act = acts.load_municipal_act(by=principal)
        council = shifted(clock.today(), -3)
        act = ACT.move(
            act,
            "approve",
            by=principal,
            asked=Marks(minutes_number="1", minutes_on=council, union_on=council, union_number="3"),
        )
        acts.register_act(
            act, number=place.next_order(), approved_on=clock.today(), scan=scan("Положение"), by=principal
        )


def _curator_by_order(place: Place, deputy: CastMember) -> None:
    principal = actor(place.principal, place.school)
    order = acts.appoint_curator(Person.objects.get(user=deputy.uuid), valid_from=clock.today(), by=principal)
    acts.register_order(
        order,
        number=place.next_order(),
        signed_on=clock.today(),
        scan=scan("Приказ о кураторе"),
        by=principal,
    )


def _load(place: Place, deputy: CastMember, names: staffing.Names) -> None:
    """The curator uploads the list, looks at it and accepts it; the background work is done here and now."""
    rows = staffing.rows_of(place, names)
    with in_school(place.school):
        by = actor(deputy.uuid, place.school)
        book = SimpleUploadedFile("Сотрудники.xlsx", write_sheet("Сотрудники", columns(), rows))
        loaded = staff.upload_staff(book, by=by)
        imports.check_rows(by=by, import_uuid=str(loaded.uuid))
        loaded.refresh_from_db()
        IMPORT.move(loaded, "confirm", by=by, asked=ListAccepted())
        imports.accept_rows(by=by, import_uuid=str(loaded.uuid))


def _join_all(place: Place, deputy: CastMember, names: staffing.Names) -> None:
    """Most of the staff accept their invitations; the cast of the school always do."""
    with in_school(place.school):
        people = list(Person.objects.filter(user=None).prefetch_related("employments").order_by("id"))
        answers = _invite_first(place, people)
    named = {
        (p.last_name, p.first_name): p
        for p in (*CAST, place.facts["principal_person"])
        if p.school == place.number
    }
    share = JOINED_IN_FIVE if place.number == 5 else JOINED_SHARE
    with in_city(), transaction.atomic():
        for number, person in enumerate(people):
            member = named.get((person.last_name, person.first_name))
            if member is not None:
                _join(place, person, make_user(member))
            elif person in answers or _is_needed(person) or place.rng.random() < share:
                uuid = user_uuid(place.number, number)
                _join(
                    place,
                    person,
                    User.objects.create_user(
                        person.email or f"{uuid.hex[:12]}@people.example",
                        None,
                        uuid=uuid,
                        last_name=person.last_name,
                        first_name=person.first_name,
                        middle_name=person.middle_name,
                    ),
                )


def _invite_first(place: Place, people: list[Person]) -> list[Person]:
    """Of most people the demo tells only that they have joined; of one, also the letter that was accepted."""
    first = [person for person in people if person.email][:1] if place.number == 5 else []
    for person in first:
        by = place.by(place.curator)
        send_invitation(by=by, invitation_uuid=str(staff.invite_person(person, by=by).uuid))
    return first


def _is_needed(person: Person) -> bool:
    """Whom the story of pairs cannot do without."""
    return person.education_level == "student" or any(
        row.position in ("deputy", "psychologist") for row in person.positions
    )


def _join(place: Place, person: Person, account: User) -> None:
    """The person accepts the invitation: account, membership, and the school is told by letter."""
    begin_membership(
        account,
        place.school,
        "teacher",
        basis="приглашение школы",
        by=Actor(user=account.uuid),
        person=person.uuid,
    )
    place.users[person.uuid] = account.uuid


def _give_offices(place: Place, deputy: CastMember, names: staffing.Names) -> None:
    """Offices beyond curator and teacher, by the principal's order: the cast's own, a psychologist, a leader of the association."""
    with in_school(place.school):
        principal, basis = actor(place.principal, place.school), f"приказ № 2-к от {clock.today():%d.%m.%Y}"
        offices = [
            (p.uuid, office)
            for p in CAST
            if p.school == place.number
            for office in p.offices
            if office not in ("teacher", "curator", "principal")
        ]
        people = Person.objects.exclude(user=None).order_by("id")
        if not any(office == "psychologist" for _, office in offices):
            offices += [(p.user, "psychologist") for p in people.holding("psychologist")[:1] if p.user]
        if place.number in WITH_ASSOCIATION_REVIEWS and not any(
            office == "association_lead" for _, office in offices
        ):
            offices += [
                (p.user, "association_lead")
                for p in people.holding("teacher").filter(category="highest")[:1]
                if p.user
            ]
        for user, office in offices:
            give_office(people.get(user=user), office, basis=basis, valid_from=clock.today(), by=principal)
        found = {office: user for user, office in offices}
        place.psychologist, place.lead = found.get("psychologist"), found.get("association_lead")


def _settle(place: Place) -> None:
    """What the principal's card lacked is added; the school decides who looks at programmes; in school 5 nearly everybody has signed T-28."""
    with in_school(place.school):
        member, principal = place.facts["principal_person"], Person.objects.get(user=place.principal)
        edit_person(
            principal,
            by=place.by(place.curator),
            position=member.position,
            subjects=list(member.subjects),
            **staffing.facts_of(member),
        )
        if place.number in WITH_ASSOCIATION_REVIEWS:
            mentoring.decide_settings(by=place.by(place.curator), association_reviews=True)
        for person in Person.objects.filter(user__in=[place.principal, place.curator]).order_by("id"):
            consent_to_data(place, person)
        if place.number == 5:
            for person in Person.objects.exclude(user=None).order_by("id"):
                if person.pk % 6:
                    consent_to_data(place, person)


def invite_those_outside(place: Place, today: dt.date) -> Story:
    """Invitations in every state: one whose time has run out, one that lies in the mail, one whose letter is being prepared."""
    with in_school(place.school):
        outside = list(
            Person.objects.working().filter(user=None, invitations=None).exclude(email="").order_by("id")[:3]
        )
    for person, ago, is_sent in zip(outside, (RUN_OUT, IN_MAIL, ASKED), (True, True, False), strict=False):
        yield moment(shifted(today, -ago), 16)
        with in_school(place.school):
            by = place.by(place.curator)
            invitation = staff.invite_person(person, by=by)
            if is_sent:
                send_invitation(by=by, invitation_uuid=str(invitation.uuid))
        carry_up(place)


def consent_to_data(place: Place, person: Person) -> None:
    """T-28, once per person: printed, signed, and its scan added by the curator."""
    if not has_consent(person, ConsentKind.PROCESSING):
        by = place.by(place.curator)
        row = consents.prepare_consent(person, ConsentKind.PROCESSING, by=by)
        CONSENT.move(
            row,
            "give",
            by=by,
            asked=SignedPaper(given_on=clock.today(), scan=paper("Согласие на обработку данных", by)),
        )
