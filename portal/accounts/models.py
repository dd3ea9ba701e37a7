"""People of the city: one account each, memberships with period and basis, invitations, personal tokens."""

import datetime as dt
import uuid as uuids
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.lookups import IsNull

from portal.accounts.offices import Office
from portal.core import clock
from portal.core.entity import Entity, TellsItsReading
from portal.core.person_names import FIRST, LAST, MIDDLE, PersonNameField
from portal.core.privacy import BY_ACT, YEAR, Privacy, by_case, for_days
from portal.core.sorting import SortKeyField
from tenants.models import School


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user


class User(TellsItsReading, AbstractBaseUser):
    """One account per person in the city. No rights hang on it: they come from memberships and
    circumstances.
    """

    privacy = Privacy(
        subjects=("uuid",),
        plain=("is_active", "last_login", "look", "joined_at", "home_office", "password"),
        ordinary=("email", "last_name", "first_name", "middle_name", "name_key"),
        basis="Приглашение принято самим человеком (согласие T-28)",
        keep=by_case("Пока есть членство и 3 года после", BY_ACT),
    )
    published: ClassVar[bool] = False
    append_only: ClassVar[bool] = False

    uuid = models.UUIDField("номер", primary_key=True, default=uuids.uuid4, editable=False)
    email = models.EmailField("почта", unique=True)
    last_name = PersonNameField("фамилия", part=LAST, max_length=100)
    first_name = PersonNameField("имя", part=FIRST, max_length=100)
    middle_name = PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True)
    name_key = SortKeyField(source="full_name")
    is_active = models.BooleanField("действует", default=True)
    joined_at = models.DateTimeField("с нами с", default=clock.now)
    look = models.JSONField("вид", default=dict)
    home_office = models.CharField("выбранная должность", max_length=60, blank=True)

    memberships_read: "list[Membership] | None" = None
    """Those that came with the account for this request (portal.accounts.backends); else they are asked."""
    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["last_name", "first_name"]

    class Meta:
        verbose_name = "человек"

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        initials = " ".join(f"{part[0]}." for part in (self.first_name, self.middle_name) if part)
        return f"{self.last_name} {initials}".strip()

    @property
    def address(self) -> str:
        """How we address the person: name and patronymic."""
        return f"{self.first_name} {self.middle_name}".strip()


class OfficeEnd(Entity):
    """The last day of an office as the school itself says it; without an office, of all that a dismissed
    employee had.

    It acts at once, before the letter about it has come (docs/adr/0017).

    The one table of the city that schools write: each its own rows only, held by a policy of the database
    (`tenants.grants`).
    """

    privacy = Privacy(
        plain=("contour", "employee", "user", "office", "valid_from", "last_day"),
        basis="Приказ школы, указанный в письме о должности",
        keep=by_case(
            "Пока школа в портале: без этой строки право могло бы вернуться",
            "уходит со схемой школы, имён в ней нет",
        ),
    )
    written_by_schools = "contour = current_user AND office <> 'principal'"

    contour = models.CharField("школа", max_length=63)
    employee = models.UUIDField("сотрудник школы")
    user = models.UUIDField("вход в портал", null=True)
    office = models.CharField("кем", max_length=24, choices=Office.choices, blank=True)
    valid_from = models.DateField("с")
    last_day = models.DateField("последний день")

    class Meta:
        verbose_name = "последний день должности"
        constraints = [
            models.UniqueConstraint(
                fields=["contour", "office", "valid_from", "employee"], name="office_end_once"
            )
        ]


class Membership(Entity):
    """Where a person serves, in which office, from when until when, on the basis of which document (domain.md
    §2.1).
    """

    privacy = Privacy(
        subjects=("user",),
        plain=("school", "office", "valid_from", "valid_to", "employee"),
        ordinary=("user", "basis"),
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
    office = models.CharField("кем", max_length=24, choices=Office.choices)
    valid_from = models.DateField("с", default=clock.today)
    valid_to = models.DateField("по", null=True, blank=True)
    basis = models.CharField("основание", max_length=250)
    employee = models.UUIDField("сотрудник школы", null=True, blank=True)

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
        without_card = models.Q(IsNull(models.OuterRef("employee"), True))
        # what began later is a new service, under a new card
        begun_before = models.Q(last_day__gte=models.OuterRef("valid_from"))
        by_account = models.Q(user=models.OuterRef("user_id")) & (begun_before | without_card)
        same_person = models.Q(employee=models.OuterRef("employee")) | by_account
        this_office = models.Q(
            office=models.OuterRef("office"), valid_from=models.OuterRef("valid_from")
        ) | models.Q(office="")
        return OfficeEnd.objects.filter(
            same_person, this_office, contour=models.OuterRef("school__schema_name"), last_day__lt=day
        )


class Invitation(Entity):
    """A one-time letter bound to its address. The city keeps a hash of the token and an HMAC of the address,
    no name.
    """

    privacy = Privacy(
        plain=(
            "token_hash",
            "address_hmac",
            "school",
            "office",
            "employee",
            "expires_at",
            "used_at",
            "valid_from",
            "valid_to",
        ),
        ordinary=("basis", "used_by"),
        basis="Приглашение работодателя",
        keep=for_days("1 год после срока", YEAR, "expires_at"),
    )

    token_hash = models.CharField("отпечаток ключа", max_length=64, unique=True)
    address_hmac = models.CharField("отпечаток почты", max_length=64)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="invitations")
    office = models.CharField("кем", max_length=24, choices=Office.choices)
    employee = models.UUIDField("сотрудник школы", null=True)
    basis = models.CharField("основание", max_length=250)
    valid_from = models.DateField("членство с", default=clock.today)
    valid_to = models.DateField("членство по", null=True)
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("принято", null=True)
    used_by = models.UUIDField("кем принято", null=True)

    class Meta:
        verbose_name = "приглашение"


class PersonalToken(Entity):
    """A key of a person for the API, bound to one school or the city, with a purpose and an end."""

    privacy = Privacy(
        subjects=("user",),
        plain=("token_hash", "school", "purpose", "expires_at", "used_at", "revoked_at"),
        ordinary=("user",),
        keep=for_days("1 год после окончания", YEAR, "expires_at"),
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField("для чего", max_length=120)
    token_hash = models.CharField("отпечаток", max_length=64, unique=True)
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("последний раз", null=True)
    revoked_at = models.DateTimeField("отозван", null=True)

    class Meta:
        verbose_name = "ключ доступа"
