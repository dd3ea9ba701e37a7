"""Who may do what here: permission and circumstance in one expression; doors that raise NotVisible."""

from portal.pair_work.access import adoptions, meetings, programmes
from portal.pair_work.access.adoptions import adoption_for, adoption_to_name
from portal.pair_work.access.meetings import meeting_for
from portal.pair_work.access.programmes import programme_for

__all__ = [
    "adoption_for",
    "adoption_to_name",
    "adoptions",
    "meeting_for",
    "meetings",
    "programme_for",
    "programmes",
]
