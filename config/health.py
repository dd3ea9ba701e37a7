"""For the operator's watch: alive, and ready to serve."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from best_practices import learning, search
from portal.search.meaning import installed


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def unavailable() -> JsonResponse:
    """The database does not answer; said also when a session of the asker could not be read."""
    return JsonResponse({"status": "unavailable", "database": False}, status=503)


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers under the city's role; how many letters are stuck, how many schools the last
    release has not reached, which engine answers questions to the bank, how many of its changes Elasticsearch
    has not heard of, whether the bank's index waits for `manage.py rebuild_index`, whether the order by
    meaning is installed, and how many practices have no vectors for it yet.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM city_records_inbox WHERE stopped), (SELECT count(*) FROM "
                "tenants_school WHERE behind_because <> '')"
            )
            stopped, behind = cursor.fetchone()
        engine, waiting = search.ENGINE.name, search.ENGINE.waiting
        is_old = search.ENGINE.postgres.is_old
        unlearnt = learning.unlearnt()
    except Exception:
        return unavailable()
    return JsonResponse(
        {
            "status": "ok",
            "database": True,
            "stopped_letters": stopped,
            "schools_behind": behind,
            "search": engine,
            "search_waiting": waiting,
            "search_index_old": is_old,
            "search_meaning": installed.is_wanted(),
            "search_meaning_waiting": unlearnt,
        }
    )
