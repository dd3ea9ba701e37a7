"""What a school tells the city about people: opaque numbers only, never a name (decisions.md)."""

import datetime as dt
from uuid import UUID

from portal.exchange import Direction, LetterKind, Payload


class InvitationLetter(Payload):
    """A school invites a person: hash of the token, HMAC of the address, the office and its period."""

    token_hash: str
    address_hmac: str
    name_marks: list[str] = []
    office: str
    person: UUID
    basis: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    expires_at: dt.datetime


class OfficeLetter(Payload):
    """A school gives an office to (or takes it from) a person; `user` is the account of whoever has joined
    already.
    """

    person: UUID
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

    person: UUID | None
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

    person: UUID
    office: str
    valid_from: dt.date
    valid_to: dt.date | None = None


class AccessAskedLetter(Payload):
    """A principal asks for somebody who cannot sign in: the mailbox is lost, or the telephone."""

    person: UUID
    user: UUID
    what: str
    email: str = ""
    reason: str


class AccessAnsweredLetter(Payload):
    """What has become of it; `outcome` is a code of `AddressOutcome`, or of why it was not begun."""

    person: UUID | None
    what: str
    outcome: str
    comment: str = ""


class AgreementAskedLetter(Payload):
    """Another school asks for the sign-in of somebody who serves here, too, and waits till `answer_due`;
    `is_reminder`: it was asked before; `is_over`: nobody asks any more.
    """

    consent: UUID
    user: UUID
    what: str
    email: str = ""
    asked_by: str = ""
    reason: str = ""
    answer_due: dt.date | None = None
    is_reminder: bool = False
    is_over: bool = False


class AgreementAnsweredLetter(Payload):
    """Whether this place agrees."""

    consent: UUID
    agrees: bool
    comment: str = ""


class NameSaidLetter(Payload):
    """A school has another name in the card of somebody who has joined."""

    person: UUID
    user: UUID
    last_name: str
    first_name: str
    middle_name: str


class NameAnsweredLetter(Payload):
    """The person does not know a name («refused»), or has another one in the portal now («other»)."""

    user: UUID
    outcome: str
    last_name: str
    first_name: str
    middle_name: str


class NameDoubtedLetter(Payload):
    """An invitation was accepted under a name that the card does not have. `invitation` is the number of the
    school's own letter.
    """

    invitation: UUID
    person: UUID
    user: UUID
    last_name: str
    first_name: str
    middle_name: str


class RecognisedLetter(Payload):
    """Whether it is the same person; then, what the card calls them, and its number: the one that was invited
    may lie under another by now.
    """

    invitation: UUID
    is_same: bool
    person: UUID | None = None
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""


INVITATION = LetterKind(
    "accounts.invitation",
    Direction.TO_CITY,
    "Приглашение сотрудника",
    InvitationLetter,
    basis="Работодатель приглашает сотрудника",
    sender="директор, куратор, специалист по кадрам",
    carries="отпечатки ключа, почты и имени, номер записи, без имени",
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
ACCESS_ASKED = LetterKind(
    "accounts.access_asked",
    Direction.TO_CITY,
    "Просьба вернуть человеку вход",
    AccessAskedLetter,
    basis="Работодатель просит за сотрудника, который не может войти",
    sender="директор",
    carries="номер записи, новая почта для входа и причина, без имени",
    act=True,
)
ACCESS_ANSWERED = LetterKind(
    "accounts.access_answered",
    Direction.TO_SCHOOL,
    "Ответ на просьбу вернуть вход",
    AccessAnsweredLetter,
    basis="Школа просила за своего сотрудника",
    sender="портал",
    carries="номер записи и чем кончилась просьба",
    recipient="школа",
)
NAME_SAID = LetterKind(
    "accounts.name_said",
    Direction.TO_CITY,
    "Новое имя сотрудника",
    NameSaidLetter,
    basis="Школа исправила имя в карточке сотрудника, который вошёл в портал",
    sender="куратор, специалист по кадрам",
    carries="номер записи и новое имя",
    act=True,
)
NAME_ANSWERED = LetterKind(
    "accounts.name_answered",
    Direction.TO_SCHOOL,
    "Ответ об имени сотрудника",
    NameAnsweredLetter,
    basis="Имя подтверждает сам человек",
    sender="человек, которого назвали",
    carries="номер входа в портал, имя, о котором ответ; подтверждено оно или нет",
    recipient="школа",
)
NAME_DOUBTED = LetterKind(
    "accounts.name_doubted",
    Direction.TO_SCHOOL,
    "Приглашение приняли под другим именем",
    NameDoubtedLetter,
    basis="Человек сам принял приглашение",
    sender="портал",
    carries="имя, которым человек назвался сам",
    recipient="школа",
)
RECOGNISED = LetterKind(
    "accounts.recognised",
    Direction.TO_CITY,
    "Школа посмотрела, кто принял приглашение",
    RecognisedLetter,
    basis="Приглашение приняли под именем, которого нет в карточке",
    sender="директор, куратор, специалист по кадрам",
    carries="тот же это человек или другой; если тот же, имя из карточки",
    act=True,
)
AGREEMENT_ASKED = LetterKind(
    "accounts.agreement_asked",
    Direction.TO_SCHOOL,
    "Согласна ли школа вернуть человеку вход",
    AgreementAskedLetter,
    basis="Другая школа человека просит за того, кто не может войти",
    sender="портал",
    carries="номер входа в портал, новая почта, причина и школа, которая просит",
    recipient="школа",
)
AGREEMENT_ANSWERED = LetterKind(
    "accounts.agreement_answered",
    Direction.TO_CITY,
    "Ответ, согласна ли школа вернуть человеку вход",
    AgreementAnsweredLetter,
    basis="У человека есть место и в этой школе",
    sender="директор",
    carries="согласие или отказ с причиной, без имени",
    act=True,
)
