"""The year in the order in which it happened: stories of many people, woven into one by their days.

A story is a generator: it yields the moment of its next step, then makes the step at that moment, as the people who would make it.
So journals, numbers of orders and the counters of each week are those of a city that has lived through its year.
"""

import datetime as dt
import heapq
from collections.abc import Iterator
from contextlib import AbstractContextManager

from portal.core import clock
from portal.demo.seeding.acting import Place
from tenants.context import in_city, in_school

Story = Iterator[dt.datetime]


class Diary:
    """All stories that are not told to the end, the nearest step first; equal moments keep the order in which they were written."""

    def __init__(self, ends: dt.datetime) -> None:
        self.ends = ends
        self._waiting: list[tuple[dt.datetime, int, Story, Place | None]] = []
        self._written = 0

    def write(self, story: Story, place: Place | None = None) -> None:
        """Take a story up: of a school, or of the city. Its first word is the moment of its first step."""
        when = next(story, None)
        if when is None:
            return
        if when > self.ends:
            raise ValueError(f"a story reaches into the future: {when}")
        self._written += 1
        heapq.heappush(self._waiting, (when, self._written, story, place))

    def live(self) -> None:
        """Make all steps, each at its moment and in its contour."""
        while self._waiting:
            when, _, story, place = heapq.heappop(self._waiting)
            with clock.at(when), _contour(place):
                self.write(story, place)


def _contour(place: Place | None) -> AbstractContextManager[object]:
    return in_city() if place is None else in_school(place.school)
