"""Numbers of mentoring for indicators A01, A02, A05 and the agreed counters (domain.md §7.5)."""

from typing import Any

from django.db.models import Count, Q

from portal.core.school_year import SchoolYear
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.states import MentoringForm, PairState
from portal.staff.models import Employee

LIVE = (PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE)


def coverage() -> dict[str, Any]:
    """Numerators and denominators: `young_covered`/`young_total` (A01), `involved`/`workers` (A02), `pairs_by_form` (A05), `active_pairs`.

    A pair that is paused or under notice still works for A01. A02 counts distinct people of pairs that worked in this school year.
    """
    young = Employee.objects.working().young()
    covered = PairMentee.objects.filter(pair__state__in=LIVE).values("mentee")
    of_year = Pair.objects.filter(Q(state__in=(*LIVE, PairState.REPLACING)) | Q(state=PairState.COMPLETED, ended_on__gte=SchoolYear.current().starts_on))
    mentors, mentees = of_year.values("mentor"), PairMentee.objects.filter(pair__in=of_year).values("mentee")
    forms = dict(Pair.objects.filter(state__in=LIVE).values_list("form").annotate(n=Count("pk")))
    return {
        "young_total": young.count(),
        "young_covered": young.filter(pk__in=covered).count(),
        "workers": Employee.objects.working().count(),
        "involved": Employee.objects.working().filter(Q(pk__in=mentors) | Q(pk__in=mentees)).count(),
        "pairs_by_form": {str(form): forms.get(form, 0) for form in MentoringForm.values},
        "active_pairs": sum(forms.values()),
    }
