"""How the second engine's index of the bank follows it: at once in a job, and every night by comparing."""

from best_practices import search
from portal.core.actor import Actor
from portal.search.elastic import second
from tenants.jobs import city_job, whoever_asked


@city_job("best_practices.follow_bank", may=whoever_asked("указатель идёт за банком, кто бы его ни менял"))
def follow(*, by: Actor) -> None:
    """Send to Elasticsearch what has changed in the bank. A node that is down fails the job: it is tried
    again, and PostgreSQL answers meanwhile.
    """
    if follower := search.follower():
        follower.follow()


def tell_second_engine(by: Actor) -> None:
    """In the transaction of the change."""
    if second.is_wanted():
        follow.later(by=by)


def compare_engines(by: Actor) -> None:
    """Each night: every card of the bank on both sides; what differs is mended, counted and logged."""
    if follower := search.follower():
        follower.reconcile()
