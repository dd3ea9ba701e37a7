"""Text as the portal says it."""

import pytest

from portal.core.text import quoted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Темп урока", "«Темп урока»"),
        ("Диктант «по-новому»", "«Диктант „по-новому“»"),
        ('Клуб "Перемена" и ("Урок")', "«Клуб „Перемена“ и („Урок“)»"),
    ],
)
def test_quotes_inside_of_quotes_are_of_the_other_kind(text: str, said: str) -> None:
    assert quoted(text) == said
