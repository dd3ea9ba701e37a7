"""What people type about local acts and orders."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.core import clock
from portal.core.school_year import SchoolYear
from portal.local_acts.models import Order
from portal.local_acts.selectors import OPEN_ORDERS
from portal.local_acts.states import OrderState
from portal.local_acts.workflow import Approval, Marks, Registration
from portal.staff.models import Employee
from portal.ui.choices import offer
from portal.ui.fields import CardField, DateField, UploadField
from portal.ui.forms import PageForm
from portal.ui.lists import FilterForm
from portal.ui.step_form import StepForm


class OrderFilters(FilterForm):
    """By what has become of the order, and by year."""

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
        wanted = self.picked("state")
        if wanted == "open":
            rows = rows.filter(state__in=OPEN_ORDERS)
        elif wanted:
            rows = rows.filter(state=OrderState(wanted))
        return rows.filter(year=self.picked("year")) if self.picked("year") else rows


class CuratorForm(PageForm):
    """Whom to appoint, and for which period. Only deputies are offered."""

    employee = CardField(label="Кого назначить", choices=[])
    valid_from = DateField(label="С какого дня", help_text="Например, 01.09.2026")
    valid_to = DateField(label="По какой день", required=False, help_text="Если без срока, оставьте пустым")

    def __init__(self, *args: Any, deputies: list[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "employee", [(str(person.uuid), person.full_name) for person in deputies])
        self.fields["valid_from"].initial = clock.today
        self.fields["valid_to"].initial = SchoolYear.current().ends_on
        self.deputies = {str(person.uuid): person for person in deputies}

    @property
    def chosen(self) -> Employee:
        return self.deputies[self.cleaned_data["employee"]]


class RegisterOrderForm(StepForm[Registration]):
    """What stands on the signed paper."""

    asks = Registration
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

    asks = Marks
    minutes_number = forms.CharField(label="Номер протокола педагогического совета", max_length=40)
    minutes_on = DateField(label="Дата протокола")
    union_on = DateField(
        label="Согласовано с профсоюзной организацией", help_text="День визы. Например, 27.08.2026"
    )
    union_number = forms.CharField(
        label="Номер решения профсоюзной организации", max_length=40, required=False
    )


class RegisterActForm(StepForm[Approval]):
    """The mark «Утверждено»."""

    asks = Approval
    number = forms.CharField(label="Номер приказа об утверждении", max_length=40)
    approved_on = DateField(label="Дата приказа")
    in_force_from = DateField(
        label="Действует с", required=False, help_text="Если не указать, со дня приказа"
    )
    scan = UploadField(
        label="Скан подписанного Положения", help_text="Первая страница с грифами или весь документ"
    )
