"""What a school tells the city about people: opaque numbers only, never a name (decisions.md)."""

import datetime as dt
from uuid import UUID

from portal.exchange import Direction, LetterKind, Payload


class InvitationLetter(Payload):
    """A school invites an employee: hash of the token, HMAC of the address, the office and its period."""

    token_hash: str
    address_hmac: str
    office: str
    employee: UUID
    basis: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    expires_at: dt.datetime


class OfficeLetter(Payload):
    """A school gives an office to (or takes it from) an employee; `user` is the account of whoever has joined
    already.
    """

    employee: UUID
    user: UUID | None = None
    office: str
    basis: str
    valid_from: dt.date
    valid_to: dt.date | None = None

    @property
    def never_begins(self) -> bool:
        """It was given by mistake and taken back: the last day is before the first."""
        return self.valid_to is not None and self.valid_to < self.valid_from


class JoinedLetter(Payload):
    """The city tells the school that the invited person has an account now."""

    employee: UUID | None
    user: UUID
    office: str
    last_name: str
    first_name: str
    middle_name: str
    email: str
    basis: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class OfficeKeptLetter(Payload):
    """The city tells the school that an office is valid for this period from now on."""

    employee: UUID
    office: str
    valid_from: dt.date
    valid_to: dt.date | None = None


INVITATION = LetterKind(
    "accounts.invitation",
    Direction.TO_CITY,
    "Приглашение сотрудника",
    InvitationLetter,
    basis="Работодатель приглашает сотрудника",
    sender="директор, куратор, специалист по кадрам",
    carries="отпечатки ключа и почты, номер записи, без имени",
)
OFFICE = LetterKind(
    "accounts.office",
    Direction.TO_CITY,
    "Должность в школе",
    OfficeLetter,
    basis="Приказ школы",
    sender="директор",
    carries="номер записи, должность и срок, без имени",
)
OFFICE_KEPT = LetterKind(
    "accounts.office_kept",
    Direction.TO_SCHOOL,
    "Должность в школе действует",
    OfficeKeptLetter,
    basis="Приказ школы",
    sender="портал",
    carries="номер записи, должность и срок, без имени",
    recipient="школа",
)
JOINED = LetterKind(
    "accounts.joined",
    Direction.TO_SCHOOL,
    "Сотрудник вошёл в портал",
    JoinedLetter,
    basis="Человек сам принял приглашение",
    sender="портал",
    carries="имя и почта, которые человек указал сам; должность и её срок",
    recipient="школа",
)
