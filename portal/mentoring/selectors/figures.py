"""Numbers of the school's mentoring for the monitoring: A01, A02, A05 (domain.md §7.5). No persons, a fixed number of queries."""

from typing import Any

from django.db.models import Count, Q

from portal.core.school_year import SchoolYear
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.states import PairState
from portal.staff.models import Employee

WORKING = (PairState.ACTIVE, PairState.SUSPENDED, PairState.TERMINATION_NOTICE, PairState.REPLACING)


def coverage() -> dict[str, Any]:
    """Workers and young teachers, how many of them mentoring reaches, and working pairs by form.

    `involved` counts distinct people of pairs that work or were completed this school year, in either role.
    """
    staff = Employee.objects.working().aggregate(workers=Count("id"), young=Count("id", filter=Q(ped_stage_years__lte=3)))
    working = Pair.objects.filter(state__in=WORKING)
    of_year = Pair.objects.filter(Q(state__in=WORKING) | Q(state=PairState.COMPLETED, ended_on__gte=SchoolYear.current().starts_on))
    mentees = PairMentee.objects.filter(pair__in=of_year).values_list("mentee_id", flat=True)
    covered = PairMentee.objects.filter(pair__in=working, mentee__ped_stage_years__lte=3, mentee__dismissed_on=None).values("mentee_id").distinct().count()
    by_form = dict(working.order_by().values_list("form").annotate(Count("id")))
    return {
        "workers": staff["workers"], "young_total": staff["young"], "young_covered": covered, "active_pairs": sum(by_form.values()), "pairs_by_form": by_form,
        "involved": len(set(of_year.values_list("mentor_id", flat=True)) | set(mentees)),
    }  # fmt: skip
