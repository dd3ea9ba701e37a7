"""TABLES: person × verb × object → yes, no, 404. The door decides 404, the rule decides yes or no."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from portal.core.actor import Actor
from portal.core.errors import NotVisible

Rule = Callable[[Actor, Any], bool]
Verbs = Mapping[str, tuple[Rule, str]]
"""Verb → (its rule, who may: keys of the cast with spaces between)."""
SCHOOL5 = ("zhanna", "anna", "kira", "lev", "irina", "boris", "vera")
STRANGERS = ("gleb", "timur", "olga", "zoya", "semyon", "darya", "nina")
"""People of school 12, a person without offices, officials and an expert of the city: in school 5 they are
nobody.
"""


def outcome(by: Actor, door: Callable[[Actor, Any], Any], uuid: Any, rule: Rule) -> str:
    """What the person is answered."""
    try:
        found = door(by, uuid)
    except NotVisible:
        return "404"
    return "yes" if rule(by, found) else "no"


def answers(
    people: Mapping[str, Actor], door: Callable[[Actor, Any], Any], uuid: Any, rule: Rule
) -> dict[str, str]:
    """person → answer."""
    return {key: outcome(by, door, uuid, rule) for key, by in people.items()}


def expected(people: Iterable[str], sees: str, may: str) -> dict[str, str]:
    """The same from the table: whoever does not see gets 404, whoever sees and may not gets no."""
    seen, allowed = set(sees.split()), set(may.split())
    assert allowed <= seen, "whoever may must see"
    return {key: "yes" if key in allowed else "no" if key in seen else "404" for key in people}
