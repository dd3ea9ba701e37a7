"""Who may what with people of the school, and the doors to them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.staff.models import (
    WORK,
    Absence,
    AccessQuestion,
    FormerName,
    GuestStay,
    ImportRow,
    Newcomer,
    Person,
    PersonalConsent,
    PersonMerge,
    PersonOffice,
    Position,
    StaffImport,
)


def can_enter_person(by: Actor) -> bool:
    return by.is_system or by.can("person:edit")


def can_enter_deputy(by: Actor) -> bool:
    """The principal enters the one deputy by hand; whether it is time for that is said by the service."""
    return by.can("deputy:enter")


def can_edit_person(by: Actor, person: Person) -> bool:
    """Those who keep the list; and the principal may mend the deputy whom he or she entered."""
    return by.can("person:edit") or (
        by.can("deputy:enter") and by.is_person(person.created_by) and person.is_deputy
    )


def can_read_details(by: Actor, person: Person) -> bool:
    """Dates, education, post: those who keep the list and the person; others see names and subjects only."""
    return by.is_system or by.can("person:read") or by.is_person(person.user)


def can_keep_absences(by: Actor) -> bool:
    """Who is away for long, and till when: those who keep the list."""
    return by.is_system or by.can("person:edit")


def can_decide_young(by: Actor) -> bool:
    """Till how many years of service a teacher is young here: who decides the order of mentoring."""
    return by.can("mentoring_settings:edit")


def can_merge_people(by: Actor) -> bool:
    """Whether two cards are one person, and whether one is two: those who keep the list."""
    return by.is_system or by.can("person:edit")


def is_guest(by: Actor) -> bool:
    """Nothing but a guest: the lists of the school are not for whoever comes for one pair."""
    return by.serves and by.offices <= {Office.GUEST}


def can_keep_guests(by: Actor, stay: Any = None) -> bool:
    """Who comes from outside, for what and till when: those who keep the list."""
    return by.is_system or by.can("person:edit")


def can_invite_person(by: Actor, person: Person) -> bool:
    return (by.is_system or by.can("person:invite")) and not person.has_left


def can_recognise(by: Actor, newcomer: Newcomer | None = None) -> bool:
    """Whether whoever has accepted an invitation is the one who was invited: those who invite."""
    return by.is_system or by.can("person:invite")


def can_mend_account(by: Actor, person: Person) -> bool:
    """For somebody who has joined and cannot sign in; one's own address one changes oneself."""
    helps = by.can("account:mend") and not by.is_person(person.user)
    return helps and person.user is not None and not person.has_left


def can_answer_access(by: Actor, question: AccessQuestion | None = None) -> bool:
    """Whether another school may mend the sign-in of somebody of ours; nobody in the own matter."""
    own = question is not None and by.is_person(question.person.user)
    return by.can("account:mend") and not own


def can_give_office(by: Actor, person: Person) -> bool:
    """Offices are given by the principal: by hand, or by registering the order that gives one."""
    return (by.is_system or by.can("office:give")) and not person.has_left


def can_see_offices(by: Actor) -> bool:
    return by.can("office:read")


def can_lead_offices(by: Actor) -> bool:
    return by.can("office:give")


def can_end_office(by: Actor, held: PersonOffice) -> bool:
    """The principal ends every office of the school but the principal's own, which the city gave."""
    return by.is_system or (by.can("office:give") and held.office != Office.PRINCIPAL)


def can_import_staff(by: Actor, staff_import: Any = None) -> bool:
    return by.is_system or by.can("person:import")


def can_prepare_consent(by: Actor, person: Person) -> bool:
    return by.can("personal_consent:register") or (by.serves and by.is_person(person.user))


def can_give_consent(by: Actor, consent: PersonalConsent) -> bool:
    """The person signs on paper; the person or who keeps the consents uploads the scan."""
    return can_prepare_consent(by, consent.person)


def can_withdraw_consent(by: Actor, consent: PersonalConsent) -> bool:
    """The person, at any time; for a person without a way into the portal, by a written statement (T-30), who
    keeps the consents.
    """
    own = by.is_person(consent.person.user)
    return own or (consent.person.user is None and by.can("personal_consent:register"))


def person_for(by: Actor, uuid: UUID) -> Person:
    """Raises NotVisible to whoever may not see this person."""
    found = Person.objects.visible_to(by).prefetch_related(WORK).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def card_after_merge(by: Actor, uuid: UUID) -> Person:
    """The card that has taken this one in: old addresses lead to it. Raises NotVisible."""
    found = Person._base_manager.select_related("merged_into").filter(uuid=uuid).first()
    if found is None or found.merged_into is None:
        raise NotVisible
    return person_for(by, found.merged_into.uuid)


def merge_for(by: Actor, uuid: UUID) -> PersonMerge:
    """A merge that can be undone, for those who keep the list."""
    rows = PersonMerge.objects.select_related("person", "gone")
    found = rows.filter(uuid=uuid).first() if can_merge_people(by) else None
    if found is None:
        raise NotVisible
    return found


def access_question_for(by: Actor, uuid: UUID) -> AccessQuestion:
    """What another school asks about somebody of ours, for the principal."""
    rows = AccessQuestion.objects.select_related("person").prefetch_related(f"person__{WORK}")
    found = rows.filter(uuid=uuid).first() if can_answer_access(by) else None
    if found is None or not can_answer_access(by, found):
        raise NotVisible
    return found


def newcomer_for(by: Actor, uuid: UUID) -> Newcomer:
    """Somebody who waits to be recognised, for those who invite."""
    rows = Newcomer.objects.select_related("person").prefetch_related(f"person__{WORK}")
    found = rows.filter(uuid=uuid).first() if can_recognise(by) else None
    if found is None:
        raise NotVisible
    return found


def position_for(by: Actor, uuid: UUID) -> Position:
    """A position of somebody, for those who keep the list."""
    rows = Position.objects.select_related("employment__person")
    found = rows.filter(uuid=uuid).first() if can_enter_person(by) else None
    if found is None:
        raise NotVisible
    return found


def absence_for(by: Actor, uuid: UUID) -> Absence:
    """An absence, for those who keep the list."""
    found = (
        Absence.objects.select_related("person").filter(uuid=uuid).first() if can_keep_absences(by) else None
    )
    if found is None:
        raise NotVisible
    return found


def stay_for(by: Actor, uuid: UUID) -> GuestStay:
    """The days of a guest, for those who keep the list."""
    found = (
        GuestStay.objects.select_related("person").filter(uuid=uuid).first() if can_keep_guests(by) else None
    )
    if found is None:
        raise NotVisible
    return found


def former_name_for(by: Actor, uuid: UUID) -> FormerName:
    """A name that somebody has borne before, for those who may mend the card."""
    found = FormerName.objects.select_related("person").filter(uuid=uuid).first()
    if found is None or not can_edit_person(by, found.person):
        raise NotVisible
    return found


def office_for(by: Actor, uuid: UUID) -> PersonOffice:
    """An office of the school, for those who see them."""
    found = (
        PersonOffice.objects.select_related("person").filter(uuid=uuid).first()
        if can_see_offices(by)
        else None
    )
    if found is None:
        raise NotVisible
    return found


def consents_visible_to(by: Actor) -> QuerySet[PersonalConsent]:
    """All of them for those who keep consents, one's own for the person."""
    rows = PersonalConsent.objects.select_related("person", "scan")
    if by.can("personal_consent:register"):
        return rows
    return rows.filter(person__user=by.user) if by.user and by.serves else rows.none()


def consent_for(by: Actor, uuid: UUID) -> PersonalConsent:
    """The consent, for the person and for those who keep consents."""
    found = consents_visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    return found


def import_for(by: Actor, uuid: UUID) -> StaffImport:
    """An upload of the list of staff, for those who may upload."""
    found = (
        StaffImport.objects.select_related("file").filter(uuid=uuid).first() if can_import_staff(by) else None
    )
    if found is None:
        raise NotVisible
    return found


def row_for(by: Actor, uuid: UUID, number: int) -> ImportRow:
    """One row of an upload."""
    found = import_for(by, uuid).rows.select_related("staff_import").filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def rows_of(staff_import: StaffImport, by: Actor) -> list[ImportRow]:
    """The rows of an upload; they hold personal data, so reading them is noted."""
    rows = list(staff_import.rows.select_related("staff_import")) if can_import_staff(by) else []
    return rows
