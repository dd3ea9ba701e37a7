"""A pair that comes to its end: whoever can press the next button is told so at home, each with the words of the own move."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.actor import Actor
from tenants.context import in_school
from tenants.models import School
from tests.home import tasks
from tests.workflows import mentoring_scenes as scene
from tests.workflows.acting import KEYS, of_school5, who

pytestmark = pytest.mark.covers("found B10")
ENDS: dict[str, tuple[Callable[[Any], Any], dict[str, str]]] = {
    "the last day": (scene.on_its_last_day, {"boris": "Подведите итоги"}),
    "all is done": (scene.with_its_work_done, {"zhanna": "Завершите пару", "anna": "Завершение пары"}),
    "a day too late": (scene.past_its_last_day, {"boris": "Подведите итоги", "anna": "Срок пары вышел"}),
}


@pytest.mark.parametrize("name", ENDS)
def test_whoever_can_end_it_hears_of_the_end(name: str, school5: School, actor: Callable[..., Actor], as_: Callable[[str], Client]) -> None:
    begin, told = ENDS[name]
    of_school5({key: actor(key, school5) for key in KEYS})
    with in_school(school5):
        begin(who)
    for key in ("boris", "vera", "anna", "zhanna"):
        page = as_(key).get("/s/5/").content.decode().replace("\xa0", " ")
        assert "Договоритесь о встрече" not in page or name != "a day too late", "в этот срок встречу назначить уже нельзя"
        said = [word for word in ("Подведите итоги", "Завершите пару", "Завершение пары", "Срок пары вышел") if word in page]
        assert said == ([told[key]] if key in told else []), (key, [task.title for task in tasks(page)])
