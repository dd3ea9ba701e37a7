"""For the operator's watch: alive, and ready to serve."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def unavailable() -> JsonResponse:
    """The database does not answer; said also when a session of the asker could not be read."""
    return JsonResponse({"status": "unavailable", "database": False}, status=503)


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers under the city's role; how many letters are stuck, and how many schools the last
    release has not reached.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM city_records_inbox WHERE stopped), (SELECT count(*) FROM "
                "tenants_school WHERE behind_because <> '')"
            )
            stopped, behind = cursor.fetchone()
    except Exception:
        return unavailable()
    return JsonResponse(
        {"status": "ok", "database": True, "stopped_letters": stopped, "schools_behind": behind}
    )
