"""Whether the card of a practice names a school that has taken it: the word of its principal, no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.errors import Forbidden
from portal.pair_work import services
from portal.school_records.models import DisclosureLine, JournalLine, Notice
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.posts.rows import words_of
from tests.workflows import adoption_scenes as adoptions
from tests.workflows.acting import KEYS, of_school5, who


def test_the_principal_lets_the_card_name_the_school_and_takes_it_back(
    school5: School, inside: Any, actor: Callable[..., Any], as_: Callable[[str], Client]
) -> None:
    """A mentor only asks for it; each word is a letter, a line of what has left and one of the journal."""
    of_school5({key: actor(key, school5) for key in KEYS})
    card = adoptions.published()
    with inside(school5):
        adoption = adoptions.ended(who, card, names_school=True)
        assert not adoption.names_school, "it was the mentor's tick alone"
        asked = Notice.objects.filter(code="adoption_to_name")
        assert [row.recipient for row in asked] == [BY_KEY["zhanna"].uuid]
        services.tell_outcome(adoption, outcome="worked", by=who("vera"))
        services.send_outcome(adoptions.fresh(adoption), by=who("vera"))
        for key in ("boris", "vera", "anna"):
            with pytest.raises(Forbidden):
                services.name_school(adoption, named=True, by=who(key))
    url = f"/s/5/adoptions/{adoption.uuid}/"
    assert "Назвать школу на карточке" not in words_of(as_("boris").get(url))
    for named, is_shown in (("yes", True), ("no", False)):
        with inside(school5):
            version = adoptions.fresh(adoption).version
        assert as_("zhanna").post(f"{url}name/", {"named": named, "version": version}).status_code == 302
        post.deliver_everything()
        shown = as_("gleb").get(f"/s/12/bank/{card.uuid}/").content.decode().replace("\xa0", " ")
        assert (school5.short_name in shown) == is_shown, named
    with inside(school5):
        kinds = [row.kind for row in DisclosureLine.objects.order_by("pk")]
        assert kinds[-2:] == ["best_practices.school_named"] * 2
        lines = JournalLine.objects.filter(verb__in=("school_named", "school_unnamed")).order_by("pk")
        assert [(row.verb, row.actor) for row in lines] == [
            ("school_named", BY_KEY["zhanna"].uuid),
            ("school_unnamed", BY_KEY["zhanna"].uuid),
        ]
