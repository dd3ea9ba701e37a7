"""What a goal may want: a difficulty is measured from 0 (does not trouble) to 3 (troubles every lesson), so a
goal is a smaller number.
"""

from collections.abc import Mapping
from typing import Any

WORST = 3
"""The measure of a difficulty that troubles every lesson."""


def is_worse(goal: Mapping[str, Any]) -> bool:
    """Whether the goal wants more trouble than there is now; what is not measured is not judged."""
    now, wanted = goal.get("baseline"), goal.get("target_level")
    return now is not None and wanted is not None and wanted > now


def worse(goal: Mapping[str, Any]) -> str:
    """The question about it, in words."""
    return (
        f"Было {goal['baseline']}, хотим {goal['target_level']}: получается хуже, чем сейчас. 0 значит «не "
        "мешает», 3 «мешает каждый урок». "
        "Может быть, числа стоит поменять местами?"
    )
