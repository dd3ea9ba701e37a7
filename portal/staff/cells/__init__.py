"""What a cell of a school's table says: words of the field understood by a dictionary, never by likeness of
letters. Pure: no database, no models.
"""

from portal.staff.cells.answer import Answer, Post
from portal.staff.cells.reading import understand

__all__ = ["Answer", "Post", "understand"]
