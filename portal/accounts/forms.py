"""Forms of sign-in, second factor, invitation and keys, all in the house's recipe."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest

from portal.accounts import background
from portal.accounts.models import User
from portal.core.person_names import FIRST, LAST, MIDDLE
from portal.ui.choices import offer
from portal.ui.fields import CardField, NameField
from portal.ui.forms import PageForm

PASSWORD_HINT = "Не короче 10 знаков, не только цифры. Хорошо запоминается фраза из трёх-четырёх слов"
DIFFERENT = "Пароли разные. Наберите второй раз так же, как первый."


class KindForm(PageForm):
    """A form of allauth with our words: `labels` and `hints` by the name of the field."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = self.labels.get(name, field.label), self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(KindForm, account.LoginForm):  # type: ignore[misc]
    labels = {"login": "Рабочая почта", "password": "Пароль"}
    sum_of_errors = "Войти не получилось"


class ResetForm(KindForm, account.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": "Рабочая почта"}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """The letter leaves in a job, whether there is such an account or not."""
        email: str = self.cleaned_data["email"]
        background.ask_for_new_password(email, next(iter(self.users), None))
        return email


class _Twice(KindForm):
    """A new password typed twice; the library's own sentence about two different ones is put in our words."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, DIFFERENT if field == "password2" else error)


class NewPasswordForm(_Twice, account.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": "Новый пароль", "password2": "Новый пароль ещё раз"}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(_Twice, account.ChangePasswordForm):  # type: ignore[misc]
    labels = {
        "oldpassword": "Нынешний пароль",
        "password1": "Новый пароль",
        "password2": "Новый пароль ещё раз",
    }
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(KindForm, account.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": "Пароль"}


class CodeForm(KindForm, mfa.AuthenticateForm):  # type: ignore[misc]
    labels = {"code": "Код из приложения"}
    hints = {"code": "Шесть цифр. Если телефона рядом нет, введите один из запасных кодов"}


class ReauthenticateByCodeForm(KindForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    labels = {"code": "Код из приложения"}
    hints = {"code": "Шесть цифр или запасной код"}


class ActivateForm(KindForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": "Код, который показывает приложение"}


class DeactivateForm(KindForm, totp.DeactivateTOTPForm):  # type: ignore[misc]
    pass


class NewCodesForm(KindForm, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass


class InvitationForm(PageForm):
    """What a person says of themselves when accepting an invitation."""

    email = forms.EmailField(
        label="Почта, на которую пришло письмо", widget=forms.EmailInput({"autocomplete": "email"})
    )
    last_name = NameField(label="Фамилия", part=LAST, widget=forms.TextInput({"autocomplete": "family-name"}))
    first_name = NameField(label="Имя", part=FIRST, widget=forms.TextInput({"autocomplete": "given-name"}))
    middle_name = NameField(
        label="Отчество",
        part=MIDDLE,
        required=False,
        widget=forms.TextInput({"autocomplete": "additional-name"}),
    )
    password = forms.CharField(
        label="Пароль",
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Пароль ещё раз", strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (
            given.get("password")
            and given.get("password_again")
            and given["password"] != given["password_again"]
        ):
            self.add_error("password_again", DIFFERENT)
        self._check_password(given)
        return given

    def _check_password(self, given: dict[str, Any]) -> None:
        if given.get("password"):
            named = User(
                **{name: given.get(name, "") for name in ("email", "last_name", "first_name", "middle_name")}
            )
            try:
                validate_password(given["password"], named)
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)


class AddressForm(PageForm):
    """Another sign-in address. Typed twice: a slip of the pen would shut the person out."""

    email = forms.EmailField(
        label="Новая почта",
        help_text="Лучше та, которая останется с вами, если вы смените школу",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    email_again = forms.EmailField(
        label="Новая почта ещё раз", widget=forms.EmailInput({"autocomplete": "email"})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        typed = [str(given.get(name) or "").lower() for name in ("email", "email_again")]
        if all(typed) and typed[0] != typed[1]:
            self.add_error("email_again", "Почта набрана по-разному. Проверьте оба поля.")
        return given


class AgreementForm(PageForm):
    """Whether this place agrees that another school mends the sign-in of their common person."""

    answer = CardField(
        label="Ваш ответ",
        choices=[("yes", "Согласны: просит сам человек"), ("no", "Не согласны")],
    )
    comment = forms.CharField(
        label="Пояснение",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Нужно, если вы не согласны. Его прочтёт школа, которая просит",
    )

    @property
    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {"agrees": self.cleaned_data["answer"] == "yes", "comment": self.cleaned_data["comment"]}


class KeyForm(PageForm):
    """A new key for the API."""

    purpose = forms.CharField(
        label="Для чего ключ", max_length=120, help_text="Например: выгрузка встреч в расписание школы"
    )
    place = forms.ChoiceField(label="Где он действует", help_text="Ключ одной школы не открывает другую")
    days = forms.IntegerField(
        label="На сколько дней", initial=90, min_value=1, max_value=365, help_text="От 1 до 365"
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)
