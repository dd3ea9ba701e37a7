"""Work that a page has put into the queue, done at once: what a worker would do in a moment."""

from procrastinate.contrib.django.models import ProcrastinateJob

from tenants import jobs


def do_queued(name: str) -> int:
    """Performs the waiting jobs of this name, each once. Returns how many."""
    waiting = list(
        ProcrastinateJob.objects.filter(args__name=name).order_by("id").values_list("args", flat=True)
    )
    for arguments in waiting:
        jobs.perform(**arguments)
    return len(waiting)
