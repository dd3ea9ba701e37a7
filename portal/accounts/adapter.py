"""allauth's points of extension: nobody signs up without an invitation, and what is refused is said kindly."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Почта и пароль не подошли друг к другу. Проверьте раскладку и Caps Lock.",
        "too_many_login_attempts": "Слишком много попыток подряд. Подождите пять минут и попробуйте снова.",
        "incorrect_password": "Пароль не подошёл. Проверьте раскладку и Caps Lock.",
        "enter_current_password": "Нынешний пароль не подошёл. Проверьте раскладку и Caps Lock.",
        "account_inactive": "Эта учётная запись сейчас не действует.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are born from invitations only."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def build_totp_svg(self, url: str) -> str:
        """The drawing on white, so that a camera reads it in dark schemes too."""
        head, sep, rest = str(super().build_totp_svg(url)).partition("<path")
        return f'{head}<rect width="100%" height="100%" fill="#fff"/>{sep}{rest}'
