"""Letters leave in jobs only. A mail server that does not answer is for a job a reason to try later."""

from collections.abc import Sequence
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.core.mail.backends import filebased, smtp

from portal.audit.journal import request_id
from portal.core.errors import Unavailable


class OutsideRequests:
    """Refuses to send while a request is being answered: how long that takes would tell whether there is such
    an account.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if request_id.get():
            raise RuntimeError("A letter inside a request: ask for a job that sends it (docs/house.md).")
        return int(super().send_messages(email_messages) or 0)  # type: ignore[misc]


class Smtp(OutsideRequests, smtp.EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises Unavailable."""
        try:
            return super().send_messages(email_messages)
        except (OSError, SMTPException) as error:
            raise Unavailable(
                "mail",
                "Почта сейчас не отвечает, письмо не ушло. Повторите, пожалуйста, через несколько минут.",
            ) from error


class Kept(OutsideRequests, filebased.EmailBackend):
    """The demo's letters, kept as files."""
