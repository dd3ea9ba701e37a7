"""What in a text of a practice may tell who is meant: names, classes, phones, mails, pages, schools, rare
combinations. Pure: a text comes in, finds come out; nothing is read or written.

It asks and never decides: a find is shown in its sentence to the people who wrote it. Writers, scientists,
heroes of books and whose method or street it is are no finds (`data/famous.txt`, `data/things.txt`). What is
counted as rare stands in `rare.py`. Measured by `python -m tests.bench.personal_data`.
"""

from portal.documents.personal_data.finding import finds
from portal.documents.personal_data.kinds import Find, Kind, with_capital
from portal.documents.personal_data.own import OwnPeople, Someone

__all__ = ["Find", "Kind", "OwnPeople", "Someone", "finds", "with_capital"]
