"""allauth's points of extension: nobody signs up without an invitation, and what is refused is said
kindly.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from portal.accounts import browsers, tries
from portal.accounts.limits import address_of, network_of
from portal.ui.words import NBSP, plural

NOT_NOW = "Не получилось. Обновите страницу и попробуйте ещё раз."
WRONG_CODE = (
    "Код не подошёл: он меняется каждые полминуты. Введите тот, что сейчас в приложении, или запасной."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **dict.fromkeys(DefaultAccountAdapter.error_messages, NOT_NOW),
        "incorrect_code": WRONG_CODE,
        "invalid_or_expired_key": "Ссылка устарела или уже использована. Запросите новую.",
        "invalid_password_reset": "Ссылка устарела или уже использована. Запросите новую.",
        "same_as_current": "Этот пароль у вас уже стоит. Придумайте другой.",
        "rate_limited": "Слишком много попыток подряд. Подождите несколько минут и попробуйте снова.",
        "email_password_mismatch": "Почта и пароль не подошли друг к другу. Проверьте раскладку и Caps Lock.",
        "too_many_login_attempts": "Слишком много неверных кодов подряд. Подождите десять минут и "
        "попробуйте снова.",
        "incorrect_password": "Пароль не подошёл. Проверьте раскладку и Caps Lock.",
        "enter_current_password": "Нынешний пароль не подошёл. Проверьте раскладку и Caps Lock.",
        "account_inactive": "Эта учётная запись сейчас не действует.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are born from invitations only."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's, not the proxy's."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Not by allauth's limits: they count an address alone, and five mistakes of a stranger would shut an
        account (docs/adr/0016).
        """

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        who = _whose(request, str(credentials.get("email", "")))
        try:
            moment = tries.begin(who)
        except tries.TooOften as early:
            raise ValidationError(_wait(early.seconds), code="too_many_login_attempts") from None
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            tries.succeeded(who, moment)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters of accounts leave in jobs (`background.py`): how long an answer takes must not tell whether
        there is an account.
        """
        raise RuntimeError(f"{template_prefix}: write a job in portal.accounts.background")


def _whose(request: HttpRequest, email: str) -> tries.Who:
    """Whoever is signed in and asked for the password again is counted by themselves, as in a known
    browser.
    """
    account = browsers.fingerprint(email)
    signed_in = f"session-{request.user.pk}" if request.user.is_authenticated else ""
    return tries.Who(account, network_of(request), signed_in or browsers.number_of(request, account))


def _wait(seconds: int) -> str:
    number, forms = (
        (seconds, "секунду,секунды,секунд") if seconds < 90 else (-(-seconds // 60), "минуту,минуты,минут")
    )
    counted = f"{number}{NBSP}{plural(number, forms)}"
    return (
        f"Слишком много неверных попыток подряд. Подождите {counted} или задайте новый пароль по ссылке «Не "
        "помню пароль»: после этого вход откроется сразу."
    )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **dict.fromkeys(DefaultMFAAdapter.error_messages, NOT_NOW),
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Сначала включите вход с кодом, тогда появятся и запасные коды.",
    }

    def build_totp_svg(self, url: str) -> str:
        """The drawing on white, so that a camera reads it in dark schemes too."""
        head, sep, rest = str(super().build_totp_svg(url)).partition("<path")
        return f'{head}<rect width="100%" height="100%" fill="#fff"/>{sep}{rest}'
