"""People of the city: one account each, memberships with period and basis, invitations, personal tokens."""

import datetime as dt
import uuid as uuids
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.lookups import IsNull
from django.utils.crypto import salted_hmac

from portal.accounts.offices import Office
from portal.accounts.states import AddressOutcome, Change, Recognition, Side
from portal.core import clock
from portal.core.entity import Entity, TellsItsReading
from portal.core.person_names import FIRST, LAST, MIDDLE, Named, PersonNameField
from portal.core.privacy import BY_ACT, YEAR, Privacy, along, by_case, for_days, ordinary, plain
from portal.core.sorting import SortKeyField
from tenants.models import School


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user


class User(Named, TellsItsReading, AbstractBaseUser):
    """One account per person in the city. No rights hang on it: they come from memberships and
    circumstances.
    """

    privacy = Privacy(
        subjects=("uuid",),
        plain_inherited=("last_login", "password"),
        basis="Приглашение принято самим человеком (согласие T-28)",
        keep=by_case("Пока есть членство и 3 года после", BY_ACT),
    )
    published: ClassVar[bool] = False
    append_only: ClassVar[bool] = False

    uuid = plain(models.UUIDField("номер", primary_key=True, default=uuids.uuid4, editable=False))
    email = ordinary(models.EmailField("почта", unique=True))
    last_name = ordinary(PersonNameField("фамилия", part=LAST, max_length=100))
    first_name = ordinary(PersonNameField("имя", part=FIRST, max_length=100))
    middle_name = ordinary(PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True))
    name_key = ordinary(SortKeyField(source="full_name"))
    is_active = plain(models.BooleanField("действует", default=True))
    joined_at = plain(models.DateTimeField("с нами с", default=clock.now))
    look = plain(models.JSONField("вид", default=dict))
    home_office = plain(models.CharField("выбранная должность", max_length=60, blank=True))
    feed_mark = plain(models.UUIDField("метка личных лент", null=True, unique=True, editable=False))

    memberships_read: "list[Membership] | None" = None
    """Those that came with the account for this request (portal.accounts.backends); else they are asked."""
    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["last_name", "first_name"]

    class Meta:
        verbose_name = "человек"

    def __str__(self) -> str:
        return self.short_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django ends sessions when the password changes; ours end with the sign-in address, too."""
        salt = "portal.accounts.models.User.session"
        said = f"{self.password}|{self.email}"
        return salted_hmac(salt, said, secret=secret, algorithm="sha256").hexdigest()

    @property
    def address(self) -> str:
        """How we address the person: name and patronymic."""
        return f"{self.first_name} {self.middle_name}".strip()


class OfficeEnd(Entity):
    """The last day of an office as the school itself says it; without an office, of all that a dismissed
    person had.

    It acts at once, before the letter about it has come (docs/adr/0017).

    The one table of the city that schools write: each its own rows only, held by a policy of the database
    (`tenants.grants`).
    """

    privacy = Privacy(
        basis="Приказ школы, указанный в письме о должности",
        keep=by_case(
            "Пока школа в портале: без этой строки право могло бы вернуться",
            "уходит со схемой школы, имён в ней нет",
        ),
    )
    written_by_schools = "contour = current_user AND office <> 'principal'"

    contour = plain(models.CharField("школа", max_length=63))
    person = plain(models.UUIDField("сотрудник школы"))
    user = plain(models.UUIDField("вход в портал", null=True))
    office = plain(models.CharField("кем", max_length=24, choices=Office.choices, blank=True))
    valid_from = plain(models.DateField("с"))
    last_day = plain(models.DateField("последний день"))

    class Meta:
        verbose_name = "последний день должности"
        constraints = [
            models.UniqueConstraint(
                fields=["contour", "office", "valid_from", "person"], name="office_end_once"
            )
        ]


class Membership(Entity):
    """Where a person serves, in which office, from when until when, on the basis of which document (domain.md
    §2.1).
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Трудовые отношения; приказ, указанный в основании",
        keep=for_days("3 года после окончания", 3 * YEAR, "valid_to"),
    )

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name="кто")
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="где",
    )
    office = plain(models.CharField("кем", max_length=24, choices=Office.choices))
    valid_from = plain(models.DateField("с", default=clock.today))
    valid_to = plain(models.DateField("по", null=True, blank=True))
    basis = ordinary(models.CharField("основание", max_length=250))
    person = plain(models.UUIDField("сотрудник школы", null=True, blank=True))
    left_told_on = plain(models.DateField("когда сказали, что остаётся открытым", null=True, blank=True))

    class Meta:
        verbose_name = "членство"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school", "office", "valid_from"],
                name="membership_once",
                nulls_distinct=False,
            )
        ]

    @staticmethod
    def valid_on(day: dt.date) -> models.Q:
        """Memberships valid on the day: what a school has ended is over, whether or not its letter has been
        read.
        """
        # the principal's office is the city's to end
        goes_on = models.Q(office=Office.PRINCIPAL) | ~models.Q(models.Exists(Membership.ends_before(day)))
        return (
            models.Q(valid_from__lte=day) & (models.Q(valid_to=None) | models.Q(valid_to__gte=day)) & goes_on
        )

    @staticmethod
    def ends_before(day: dt.date) -> models.QuerySet[OfficeEnd]:
        """What the school of a membership, the outer row, has said of its end before the day."""
        without_card = models.Q(IsNull(models.OuterRef("person"), True))
        # what began later is a new service, under the same card or a new one
        begun_before = models.Q(last_day__gte=models.OuterRef("valid_from")) | without_card
        by_account = models.Q(user=models.OuterRef("user_id")) & begun_before
        same_person = models.Q(person=models.OuterRef("person")) | by_account
        every_office = models.Q(office="") & begun_before
        this_office = every_office | models.Q(
            office=models.OuterRef("office"), valid_from=models.OuterRef("valid_from")
        )
        return OfficeEnd.objects.filter(
            same_person, this_office, contour=models.OuterRef("school__schema_name"), last_day__lt=day
        )


class Invitation(Entity):
    """A one-time letter bound to its address. The city keeps a hash of the token, HMACs of the address and of
    the names that the card has, no name.

    `recognition`: it was accepted under a name that the card does not have, and the school is asked.
    """

    privacy = Privacy(
        basis="Приглашение работодателя", keep=for_days("1 год после срока", YEAR, "expires_at")
    )

    token_hash = plain(models.CharField("отпечаток ключа", max_length=64, unique=True))
    address_hmac = plain(models.CharField("отпечаток почты", max_length=64))
    name_marks = plain(
        ArrayField(models.CharField(max_length=64), verbose_name="отпечатки имён", default=list)
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="invitations")
    office = plain(models.CharField("кем", max_length=24, choices=Office.choices))
    person = plain(models.UUIDField("сотрудник школы", null=True))
    basis = ordinary(models.CharField("основание", max_length=250))
    valid_from = plain(models.DateField("членство с", default=clock.today))
    valid_to = plain(models.DateField("членство по", null=True))
    expires_at = plain(models.DateTimeField("действует до"))
    used_at = plain(models.DateTimeField("принято", null=True))
    used_by = ordinary(models.UUIDField("кем принято", null=True))
    recognition = plain(models.CharField("узнали ли", max_length=8, choices=Recognition.choices, blank=True))

    class Meta:
        verbose_name = "приглашение"


class PersonalToken(Entity):
    """A key of a person for the API, bound to one school or the city, with a purpose and an end."""

    privacy = Privacy(subjects=("user",), keep=for_days("1 год после окончания", YEAR, "expires_at"))

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = plain(models.CharField("для чего", max_length=120))
    token_hash = plain(models.CharField("отпечаток", max_length=64, unique=True))
    expires_at = plain(models.DateTimeField("действует до"))
    used_at = plain(models.DateTimeField("последний раз", null=True))
    revoked_at = plain(models.DateTimeField("отозван", null=True))

    class Meta:
        verbose_name = "ключ доступа"


class AddressChange(Entity):
    """The sign-in address is to be another one, or a lost second factor is to be taken away (docs/adr/0038).
    The mailboxes are told, and it waits; a key of each lies in its letter only.

    `school`: whose principal asks it for somebody who cannot sign in; else the person asks.
    """

    privacy = Privacy(
        subjects=("user",),
        basis="Просьба самого человека или директора его школы",
        keep=for_days("1 год", YEAR, "created_at"),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    what = plain(models.CharField("что", max_length=8, choices=Change.choices, default=Change.ADDRESS))
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    reason = ordinary(models.CharField("причина", max_length=500, blank=True))
    person = plain(models.UUIDField("сотрудник школы", null=True))
    old_email = ordinary(models.EmailField("прежняя почта"))
    new_email = ordinary(models.EmailField("новая почта"))
    old_key = plain(models.CharField("отпечаток ключа прежней почты", max_length=64, blank=True))
    new_key = plain(models.CharField("отпечаток ключа новой почты", max_length=64, blank=True))
    due_at = plain(models.DateTimeField("не раньше", null=True))
    ended_at = plain(models.DateTimeField("закончено", null=True))
    outcome = plain(models.CharField("чем", max_length=12, choices=AddressOutcome.choices, blank=True))

    class Meta:
        verbose_name = "смена почты для входа"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="address_change_one_open"
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_of_address(self) -> bool:
        return self.what == Change.ADDRESS

    @property
    def sides(self) -> tuple[Side, ...]:
        """Who is written to, and may stop it."""
        return tuple(Side) if self.is_of_address else (Side.OLD,)

    @property
    def has_told_all(self) -> bool:
        return all(getattr(self, f"{side}_key") for side in self.sides)

    def mailbox(self, side: str) -> str:
        """The address of one of the two who are written to."""
        return self.old_email if side == Side.OLD else self.new_email


ANSWER_DAYS = 14
"""How long another place may think before the request ends."""


def till_when(day: dt.date | None) -> str:
    """What whoever is asked reads about the day; nothing where it is not known."""
    return f"Ответьте до {day:%d.%m.%Y}: потом просьба закончится, вход останется как был." if day else ""


class PlaceConsent(Entity):
    """Another place of the person is asked whether the school that wants to mend the sign-in may do so:
    another school, or the city where there is none (docs/adr/0038).
    """

    privacy = Privacy(
        subjects=("change",), basis="Просьба директора школы", keep=along("change", "Как просьба")
    )

    change = models.ForeignKey(AddressChange, on_delete=models.CASCADE, related_name="consents")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = plain(models.DateTimeField("отвечено", null=True))
    agrees = plain(models.BooleanField("согласны", null=True))
    comment = ordinary(models.CharField("пояснение", max_length=500, blank=True))
    reminded_on = plain(models.DateField("напомнили", null=True))

    class Meta:
        verbose_name = "согласие другого места"

    @property
    def answer_due(self) -> dt.date:
        """The last day of waiting: with the night after it the request ends, and nothing changes."""
        return clock.local(self.created_at).date() + dt.timedelta(days=ANSWER_DAYS)

    @property
    def till_when(self) -> str:
        return till_when(self.answer_due)

    @property
    def place_name(self) -> str:
        return self.school.short_name if self.school is not None else "город"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class NameProposal(Named, Entity):
    """A school of several has written down another name of a person, who says whether it is so
    (docs/adr/0038).
    """

    privacy = Privacy(
        subjects=("user",), basis="Карточка школы, имя подтверждает сам человек", keep=for_days("1 год", YEAR)
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="name_proposals")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    last_name = ordinary(PersonNameField("фамилия", part=LAST, max_length=100))
    first_name = ordinary(PersonNameField("имя", part=FIRST, max_length=100))
    middle_name = ordinary(PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True))
    answered_at = plain(models.DateTimeField("отвечено", null=True))
    is_taken = plain(models.BooleanField("подтверждено", null=True))

    class Meta:
        verbose_name = "имя, записанное школой"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"], condition=models.Q(answered_at=None), name="name_proposal_one_open"
            )
        ]
