"""docs/one-request.md tells the way of a request in the order in which it really goes."""

import re
from pathlib import Path

from django.conf import settings

PAGE = Path(__file__).resolve().parents[2] / "docs/one-request.md"


def test_the_page_names_the_middleware_in_its_order() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.M)
    assert told == [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
