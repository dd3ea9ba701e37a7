"""Letters about what readers say, at their edges."""

from typing import Any
from uuid import uuid4

from best_practices.models import Practice
from best_practices.services.thanks import take_thanks_back, thank_authors
from best_practices.thanking import tell_school
from portal.core.actor import Actor
from tenants import post
from tenants.models import School
from tests.cast import BY_KEY
from tests.practices.readers import published


def thanks(content: dict[str, Any], other: School) -> None:
    """Given and taken back; of a practice that the school does not know, and of one that was never handed
    over.
    """
    card, gleb = published(content), Actor(user=BY_KEY["gleb"].uuid)
    take_thanks_back(thank_authors(card, words="щ" * 300, by=gleb), by=gleb)
    Practice.objects.filter(practice=card.practice).update(school=other)
    thank_authors(card, by=gleb)
    tell_school(uuid4())
    post.deliver_everything()
