"""Forms of pairs and consents."""

from typing import Any

from django import forms

from portal.mentor_bank.models import MentoringSettings
from portal.mentor_bank.states import MentoringForm, MentoringKind, PayBasis
from portal.mentoring.models import MentoringConsent, Pair
from portal.mentoring.states import RoleModel
from portal.mentoring.workflow.asked import GiveConsent, SayNo
from portal.staff.fields import PeopleField, PersonField
from portal.ui.choices import offer_rows
from portal.ui.fields import AmountField, CardField, DateField, UploadField
from portal.ui.forms import PageForm
from portal.ui.step_form import StepForm, with_columns_of


class TermsForm(PageForm):
    """On which terms the pair works (Положение 5.1–5.4)."""

    goal = forms.CharField(
        label="Зачем эта пара", help_text="Одной фразой, она попадёт в согласие и приказ", max_length=300
    )
    form = forms.ChoiceField(label="Форма", choices=MentoringForm.choices)
    subject_as_expert = forms.BooleanField(
        label="Наставник руководит школой, но помогает как сильный предметник", required=False
    )
    role_model = forms.ChoiceField(
        label="Ролевая модель",
        required=False,
        choices=[("", "Нет"), *RoleModel.choices],
        help_text="Только для формы «педагог — педагог»",
    )
    kinds = forms.MultipleChoiceField(
        label="Виды наставничества",
        choices=MentoringKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Можно сочетать несколько",
    )
    selection = forms.CharField(
        label="Почему выбран этот наставник",
        required=False,
        max_length=300,
        help_text="Для традиционного вида обязательно. Это прочтут оба, когда их спросят о согласии",
    )
    planned_from = DateField(label="С какого дня")
    planned_to = DateField(label="По какой день")
    channel = forms.CharField(
        label="Канал связи", required=False, max_length=200, help_text="Для виртуального и ситуационного вида"
    )
    schedule = forms.CharField(
        label="Расписание встреч", required=False, max_length=300, help_text="Для краткосрочного вида"
    )
    reaction_hours = forms.IntegerField(
        label="За сколько часов отвечает наставник",
        required=False,
        min_value=1,
        max_value=240,
        help_text="Для ситуационного вида",
    )
    mentee_gives = forms.CharField(
        label="Чему научат наставника в ответ",
        required=False,
        max_length=200,
        help_text="Для реверсивного вида",
    )


PAY_FIELDS = ("pay_basis", "pay_size", "pay_act")


def usual_pay() -> dict[str, Any]:
    """What the school has decided about pay, proposed in new pairs; empty while it is decided for each."""
    decided = MentoringSettings.here()
    if not decided.pay_basis:
        return {}
    act = decided.pay_act if decided.pay_basis == PayBasis.NONE_BY_ACT else ""
    return {"pay_basis": decided.pay_basis, "pay_size": decided.pay_size, "pay_act": act}


class PayForm(PageForm):
    """The pay for mentoring (ст. 351.8 ТК РФ): asked before the papers that name it are printed."""

    pay_basis = CardField(label="Доплата наставнику", choices=PayBasis.choices)
    pay_size = AmountField(
        label="Размер доплаты",
        required=False,
        help_text="Рублей в месяц или процентов ставки, например 3 000,50",
    )
    pay_act = forms.CharField(
        label="Локальный акт",
        required=False,
        max_length=250,
        help_text="Если доплаты нет: в каком акте школы это записано",
    )

    @staticmethod
    def values_of(pair: Pair) -> dict[str, Any]:
        """What is settled of the pair, else what is usual in the school."""
        own = {name: getattr(pair, name) for name in PAY_FIELDS}
        return own if pair.pay_basis else own | usual_pay()


class LedTermsForm(TermsForm):
    """The terms as the curator fills them: with the pay, so that the consents can be printed with it."""

    pay_basis = forms.ChoiceField(
        label="Доплата наставнику",
        required=False,
        choices=[("", "Решим позже"), *PayBasis.choices],
        help_text="Печатается в согласии. Если решить позже, на бумаге останется место, чтобы отметить от "
        "руки",
    )
    pay_size = AmountField(
        label="Размер доплаты",
        required=False,
        help_text="Рублей в месяц или процентов ставки, например 3 000,50",
    )
    pay_act = forms.CharField(
        label="Локальный акт",
        required=False,
        max_length=250,
        help_text="Если доплаты нет: в каком акте школы это записано",
    )


class GroupForm(LedTermsForm):
    """A group: one mentor and several mentees with open needs."""

    mentor = PersonField(label="Наставник")
    mentees = PeopleField(label="Наставляемые", help_text="Показаны те, у кого есть принятая потребность")
    field_order = ["mentor", "mentees"]

    def __init__(self, *args: Any, mentors: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "mentor", mentors)
        offer_rows(self, "mentees", people)


class ShowsProfile(forms.TypedChoiceField):
    """The mentee's own choice: neither answer is the portal's guess."""

    widget = CardField.widget

    def __init__(self, **kwargs: Any) -> None:
        choices = [("yes", "Показать"), ("no", "Не показывать: наставник напишет программу с моих слов")]
        label = "Показать наставнику, что мне даётся трудно?"
        super().__init__(choices=choices, coerce=lambda value: value == "yes", label=label, **kwargs)


class ProfileForm(PageForm):
    """Asked before the paper is printed."""

    shows_profile = ShowsProfile()


@with_columns_of(MentoringConsent)
class ConsentForm(StepForm[GiveConsent]):
    """The signed paper, and the own choice about the profile of difficulties: as it is marked on the
    paper.
    """

    scan = UploadField(label="Скан или фото подписанного согласия")
    given_on = DateField(label="Когда подписано", required=False)
    shows_profile = ShowsProfile(help_text="Так, как отмечено на подписанной бумаге")

    def __init__(self, *args: Any, for_mentee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_mentee:
            del self.fields["shows_profile"]


class RefusalForm(StepForm[SayNo]):
    """«Нет» without explanations."""

    private_reason = forms.CharField(
        label="Причина, только для себя",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Писать не нужно. Если напишете, увидите только вы.",
    )


class RegisterForm(PageForm):
    """The signed order and the agreement on one page; the pay was settled before they were printed (ст. 351.8
    ТК РФ).
    """

    number = forms.CharField(label="Номер приказа", max_length=40)
    signed_on = DateField(label="Дата приказа")
    scan = UploadField(label="Скан подписанного приказа", together=2)
    agreement_number = forms.CharField(label="Номер дополнительного соглашения", max_length=40)
    agreement_on = DateField(label="Дата дополнительного соглашения")
    agreement_scan = UploadField(label="Скан соглашения", together=2, required=False)
