"""Which advice a person has put off."""

from django.db import transaction

from portal.cabinet.selectors.aside import ADVICE, PUT_OFF
from portal.core.actor import Actor
from portal.core.errors import NotVisible
from portal.school_records.models import SentReminder


@transaction.atomic
def put_off_advice(code: str, *, by: Actor) -> None:
    """«Не сейчас»: the person does not see this advice for a month. Raises NotVisible for advice that does
    not exist.
    """
    if code not in ADVICE or by.user is None:
        raise NotVisible
    row, made = SentReminder.objects.get_or_create(
        code=f"{PUT_OFF}{code}", subject=by.user, defaults={"created_by": by.user}
    )
    if not made:
        row.save_change()
