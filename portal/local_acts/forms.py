"""What people type about local acts and orders."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.core import clock
from portal.core.school_year import SchoolYear
from portal.local_acts.models import Order
from portal.local_acts.selectors import OPEN_ORDERS, numbered
from portal.local_acts.states import OrderState
from portal.local_acts.workflow.acts import COUNCIL, Approval, Marks
from portal.local_acts.workflow.orders import Registration
from portal.staff.models import Person
from portal.ui.choices import offer
from portal.ui.fields import CardField, DateField, UploadField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm


class OrderFilters(FilterForm):
    """By number, by what has become of the order, and by year."""

    q = forms.CharField(label="Номер", max_length=40)
    state = forms.ChoiceField(
        label="Состояние",
        choices=[
            ("", "Все"),
            ("open", "Ждут подписи"),
            ("registered", "Зарегистрированы"),
            ("cancelled", "Отменены"),
        ],
    )
    year = forms.IntegerField(label="Год", min_value=2000, max_value=2100)

    def narrow(self, rows: QuerySet[Order]) -> QuerySet[Order]:
        if text := self.picked("q"):
            rows = rows.filter(numbered(text))
        wanted = self.picked("state")
        if wanted == "open":
            rows = rows.filter(state__in=OPEN_ORDERS)
        elif wanted:
            rows = rows.filter(state=OrderState(wanted))
        return rows.filter(year=self.picked("year")) if self.picked("year") else rows


class CuratorForm(PageForm):
    """Whom to appoint, and for which period. Only deputies are offered."""

    person = CardField(label="Кого назначить", choices=[])
    valid_from = DateField(label="С какого дня", help_text="Например, 01.09.2026")
    valid_to = DateField(label="По какой день", required=False, help_text="Если без срока, оставьте пустым")

    def __init__(self, *args: Any, deputies: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [(str(person.uuid), person.full_name) for person in deputies])
        self.fields["valid_from"].initial = clock.today
        self.fields["valid_to"].initial = SchoolYear.current().ends_on
        self.deputies = {str(person.uuid): person for person in deputies}

    @property
    def chosen(self) -> Person:
        return self.deputies[self.cleaned_data["person"]]


class RegisterOrderForm(StepForm[Registration]):
    """What stands on the signed paper."""

    number = forms.CharField(
        label="Номер", max_length=40, help_text="Предложен следующий свободный, впишите тот, что на бумаге"
    )
    signed_on = DateField(label="Подписан")
    scan = UploadField(label="Скан подписанного приказа")


class AmendForm(PageForm):
    """What a registered order is changed in."""

    changes = forms.CharField(
        label="Что изменить",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text="Каждое изменение с новой строки. Например: в пункте 1 слова «Ким А. С.» заменить словами "
        "«Орловой А. С.»",
    )
    grounds = forms.CharField(
        label="На основании чего",
        required=False,
        max_length=300,
        help_text="Кого? чего? Например, свидетельства о браке",
    )


class ApproveActForm(StepForm[Marks]):
    """The marks «Принято» and «Согласовано»."""

    hide_optional = True
    adopted_by = forms.CharField(
        label="Кем принято",
        initial=COUNCIL,
        required=False,
        max_length=150,
        help_text="Как в грифе: педагогическим советом, общим собранием работников",
    )
    minutes_number = forms.CharField(label="Номер протокола", max_length=40)
    minutes_on = DateField(label="Дата протокола")
    union_on = DateField(
        label="Согласовано с профсоюзной организацией",
        required=False,
        help_text="День визы. Если организации в школе нет, отметьте это ниже",
    )
    union_number = forms.CharField(
        label="Номер решения профсоюзной организации",
        max_length=40,
        required=False,
        help_text="Если виза без номера, оставьте пустым",
    )
    has_no_union = forms.BooleanField(label="Первичной профсоюзной организации в школе нет", required=False)


class RegisterActForm(StepForm[Approval]):
    """The mark «Утверждено»."""

    number = forms.CharField(label="Номер приказа об утверждении", max_length=40)
    approved_on = DateField(label="Дата приказа")
    in_force_from = DateField(
        label="Действует с", required=False, help_text="Если не указать, со дня приказа"
    )
    scan = UploadField(
        label="Скан подписанного Положения", help_text="Первая страница с грифами или весь документ"
    )


class OwnTextForm(PageForm):
    """The school's own Положение, as it is in Word."""

    file = UploadField(
        label="Положение в Word",
        kinds=("docx",),
        help_text="Старый .doc откройте в Word и сохраните как .docx",
    )


class ChaptersForm(PageForm):
    """How the text is called, and which of its lines begin a chapter."""

    begins_with_stored = True

    title = forms.CharField(label="Как называется", max_length=255)
    begins = forms.TypedMultipleChoiceField(
        label="С каких строк начинаются главы",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одну строку: с неё начнётся первая глава."},
    )

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "begins", [(str(place), text) for place, text in lines])
