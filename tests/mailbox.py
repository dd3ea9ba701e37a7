"""Where letters of tests go: Django's memory, under the portal's own rule that none leaves inside a
request.
"""

from django.core.mail.backends.locmem import EmailBackend

from config.mail import OutsideRequests


class Mailbox(OutsideRequests, EmailBackend):
    pass
