"""Whoever has accepted an invitation under a name that the card does not have."""

from django.db import models

from portal.core.person_names import FIRST, LAST, MIDDLE, Named, PersonNameField
from portal.core.privacy import YEAR, Privacy, for_days, ordinary, plain
from portal.documents.names import detect_gender
from portal.staff.models.people import Person
from portal.staff.states import Gender
from tenants.base import SchoolEntity


class Newcomer(Named, SchoolEntity):
    """Somebody who waits to be recognised: the place begins when the school says that it is the same person
    (docs/adr/0038). `invitation` is the number of the letter to the city.
    """

    privacy = Privacy(
        subjects=("person",), basis="Человек сам принял приглашение", keep=for_days("1 год", YEAR)
    )

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="newcomers", verbose_name="чья карточка"
    )
    invitation = plain(models.UUIDField("приглашение", unique=True))
    last_name = ordinary(PersonNameField("фамилия", part=LAST, max_length=100))
    first_name = ordinary(PersonNameField("имя", part=FIRST, max_length=100))
    middle_name = ordinary(PersonNameField("отчество", part=MIDDLE, max_length=100, blank=True))
    answered_at = plain(models.DateTimeField("отвечено", null=True))
    is_same = plain(models.BooleanField("тот же человек", null=True))

    class Meta:
        verbose_name = "имя, под которым приняли приглашение"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_woman(self) -> bool:
        """What the name says, for «приняла» and «Это она»; where it says nothing, the card does."""
        said = detect_gender(self.last_name, self.first_name, self.middle_name).value
        return (said or self.person.gender) == Gender.FEMALE

    @property
    def words(self) -> str:
        """«Приглашение приняла Иванова Ольга, а в карточке Петрова Ольга»."""
        accepted = "приняла" if self.is_woman else "принял"
        return f"Приглашение {accepted} {self.full_name}, а в карточке {self.person.full_name}"

    @property
    def same_label(self) -> str:
        """What the button says."""
        return "Это она" if self.is_woman else "Это он"
