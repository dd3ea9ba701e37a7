"""Forms of the monitoring in each state, for whoever asks what the pages of a school show."""

from portal.monitoring.models import SchoolForm
from portal.monitoring.states import FormState
from portal.municipality.indicators import INDICATORS
from portal.school_records.models import DisclosureLine
from tests.cast import BY_KEY
from tests.tenancy.rows import row
from tests.tenancy.shown_base import Made


def forms() -> Made:
    for number, state in enumerate(FormState):
        form = row(
            SchoolForm, number, year=2026, indicators=["A01"], state=state, signed_by=BY_KEY["zhanna"].uuid
        )
        form.values.create(
            indicator="A01",
            counted=dict.fromkeys(INDICATORS["A01"].keys, 3),
            declared=dict.fromkeys(INDICATORS["A01"].keys, 3),
        )
        yield form
    yield row(DisclosureLine, 0, actor=BY_KEY["anna"].uuid)
