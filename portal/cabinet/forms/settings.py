"""How mentoring works in this school, and who is a young teacher in it."""

from typing import Any

from django import forms

from portal.cabinet.services.settings import Young
from portal.core import clock
from portal.mentor_bank.models import LONGEST_MONTHS, MentoringSettings
from portal.mentor_bank.states import Approver, PayBasis
from portal.staff.models import YoungTerm
from portal.staff.models.young import city_years, young_years
from portal.staff.states import Category
from portal.ui.fields import AmountField, CardField, DateField
from portal.ui.forms import PageForm
from portal.ui.words import plural

OF_YEARS = "года,лет,лет"
OF_YOUNG = ("young_years", "young_since")


class SettingsForm(PageForm):
    programmes_approved_by = CardField(label="Кто утверждает программы", choices=Approver.choices)
    association_reviews = forms.BooleanField(label="Программы сначала смотрит ШМО", required=False)
    min_stage_years = forms.DecimalField(
        label="Сколько лет стажа нужно наставнику", min_value=0, max_value=40, max_digits=3, decimal_places=1
    )
    min_category = forms.ChoiceField(label="Категория наставника не ниже", choices=Category.choices)
    max_mentees_warn = forms.IntegerField(
        label="Со скольких наставляемых у одного наставника предупреждать куратора", min_value=1, max_value=15
    )
    max_mentees_block = forms.IntegerField(
        label="Наставляемых у одного наставника не больше", min_value=1, max_value=15
    )
    confirm_days = forms.IntegerField(
        label="Сколько дней есть, чтобы подтвердить встречу", min_value=1, max_value=30
    )
    longest_months = forms.IntegerField(
        label="Пара работает не дольше скольких месяцев",
        min_value=1,
        max_value=LONGEST_MONTHS,
        help_text="Самое большее три года. Пары, которые уже работают, доработают свой срок, но "
        "дольше нового их не продлить",
    )
    nominated_by = forms.CharField(
        label="Чьё представление нужно, чтобы назначить наставника",
        required=False,
        max_length=120,
        help_text="Если этого требует Положение школы: «методического совета», «руководителя ШМО». Встанет в "
        "приказ о паре после слова «представления»",
    )
    pay_basis = forms.ChoiceField(
        label="Обычная доплата наставнику",
        choices=[("", "Решают для каждой пары"), *PayBasis.choices],
        required=False,
        help_text="Портал предложит её в новой паре, изменить можно в каждой",
    )
    pay_size = AmountField(
        label="Размер доплаты",
        required=False,
        help_text="Рублей в месяц или процентов ставки, например 3 000,50",
    )
    pay_act = forms.CharField(
        label="Акт школы об оплате",
        max_length=250,
        help_text="По нему платят или не платят: встанет в приказ о доплате",
    )
    pay_source = forms.CharField(
        label="Из чего платят", max_length=120, help_text="Например: фонд оплаты труда"
    )

    young_years = forms.TypedChoiceField(
        label="Кого школа считает молодым педагогом", coerce=int, empty_value=None, required=False
    )
    young_since = DateField(
        label="С какого дня это действует",
        required=False,
        help_text="Нужен, если меняете срок. Например, 01.09.2026",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["young_years"]
        field.choices = young_choices()  # type: ignore[attr-defined]
        field.help_text = young_words()

    def decided(self) -> dict[str, Any]:
        """What is typed about mentoring."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OF_YOUNG}

    def young(self) -> Young:
        return Young(self.cleaned_data["young_years"], self.cleaned_data["young_since"])

    def stored(self, current: object) -> dict[str, Any]:
        return {**super().stored(current), "young_years": _young_today()}

    @staticmethod
    def values_of(row: MentoringSettings) -> dict[str, Any]:
        kept = {name: getattr(row, name) for name in SettingsForm.base_fields if name not in OF_YOUNG}
        return {**kept, "young_years": _young_today()}


def _young_today() -> int | str:
    """Nothing where the city's term holds."""
    years = young_years(clock.today())
    return years if years < city_years() else ""


def young_choices() -> list[tuple[str | int, str]]:
    """Never a longer term than the city's."""
    shorter = [(years, f"до {years} {_years(years)} стажа") for years in range(city_years() - 1, 0, -1)]
    return [("", f"как в городе: до {city_years()} {_years(city_years())} стажа"), *shorter]


def young_words() -> str:
    """What follows from the term, and what the school has decided so far."""
    said = (
        "Школа может взять срок короче, чем в городе. По нему идут списки, подсказки и показатели школы. "
        "В форму и в сведения для города число молодых идёт по сроку города."
    )
    rows = [f"с {row.started_on:%d.%m.%Y} {_decided(row.years)}" for row in YoungTerm.objects.all()]
    return f"{said} Решения школы: {'; '.join(rows)}." if rows else said


def _decided(years: int | None) -> str:
    return f"до {years} {_years(years)}" if years else "как в городе"


def _years(number: int) -> str:
    return plural(number, OF_YEARS)
