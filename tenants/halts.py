"""When a school is only read. One table of reasons; the gate of requests, the jobs and the post ask it and
know no reason by themselves.

What holds while a school is halted: its people read and export, nobody writes, no job runs; letters written
before go on, letters to it wait.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Halt:
    """Why nothing is written now, in words for the school's people, and whom to ask."""

    code: str
    sentence: str


@dataclass(frozen=True)
class HaltRow:
    """A reason. `sentence` may name the school's own `{reason}`, which is left out when nobody has written
    one.
    """

    code: str
    holds: Callable[[Any], bool]
    sentence: str
    reason: Callable[[Any], str] = lambda school: ""

    def of(self, school: Any) -> Halt:
        said = self.reason(school).strip().rstrip(".")
        return Halt(self.code, self.sentence.format(reason=f": {said}" if said else ""))


HALTS = (
    HaltRow(
        "school_suspended",
        lambda school: school.state == "suspended",
        "Работа школы в портале приостановлена{reason}. Всё записанное цело, его можно читать и выгружать; "
        "записать новое получится, "
        "когда Управление образования возобновит работу школы. Спросить об этом можно там.",
        lambda school: str(school.suspended_because),
    ),
    HaltRow(
        "school_behind",
        lambda school: bool(school.behind_because),
        "Портал обновился, а в вашей школе обновление ещё не закончено. Всё записанное цело, его можно "
        "читать и выгружать; записать новое получится "
        "позже. Администратор портала об этом знает, спросить о сроке можно у него.",
    ),
)
