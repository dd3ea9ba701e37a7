"""Letters by SMTP. A mail server that does not answer is a calm 503 for a page, and for a job a reason to try later."""

from collections.abc import Sequence
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from portal.core.errors import Unavailable


class Smtp(EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises Unavailable."""
        try:
            return int(super().send_messages(email_messages) or 0)
        except (OSError, SMTPException) as error:
            raise Unavailable("mail", "Почта сейчас не отвечает, письмо не ушло. Повторите, пожалуйста, через несколько минут.") from error
