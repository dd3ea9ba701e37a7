"""Which boxes of schools have mail: the post goes there and to no other school (docs/adr/0027).

A row is written in the transaction of the letter. Whoever empties a box takes away the rows that were there
before he looked into it: a letter that comes meanwhile has a row of its own.
"""

from django.db.models import QuerySet

from tenants.models import MailBox, WaitingMail


def note(schema: str, box: MailBox) -> None:
    """There is a letter in the box."""
    WaitingMail.objects.create(contour=schema, box=box)


def seen(schema: str, box: MailBox) -> list[int]:
    """Asked before the box is looked into; for `forget` when it was found empty or was emptied."""
    return list(WaitingMail.objects.filter(contour=schema, box=box).values_list("pk", flat=True))


def forget(rows: list[int]) -> None:
    if rows:
        WaitingMail.objects.filter(pk__in=rows).delete()


def contours(box: MailBox) -> QuerySet[WaitingMail, str]:
    """The schemas of the schools whose box has mail; a sub-query of who is visited."""
    return WaitingMail.objects.filter(box=box).values_list("contour", flat=True)
