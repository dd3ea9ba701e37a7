"""Who may what with practices in the city, and the doors."""

from uuid import UUID

from best_practices.blinding import for_experts
from best_practices.models import (
    BankCatalogue,
    BankPractice,
    Practice,
    PracticeCall,
    PracticeOrder,
    Review,
    SearchWord,
)
from best_practices.saved import SavedSearch
from best_practices.states import GONE
from portal.accounts.offices import Office
from portal.accounts.selectors import teaches_in_the_city
from portal.core.actor import Actor
from portal.core.errors import Gone, NotVisible
from portal.core.text import quoted


def can_lead_practice(by: Actor, practice: Practice) -> bool:
    return by.school is None and by.can("practice:lead")


def can_keep_former(by: Actor, practice: Practice) -> bool:
    """Of a practice whose former text stands in the bank."""
    return can_lead_practice(by, practice) and in_bank(practice)


def in_bank(practice: Practice) -> bool:
    return BankPractice.objects.filter(practice=practice.practice).exists()


def can_take_off_practice(by: Actor, practice: Practice) -> bool:
    """Also while a new text of it is on its way: the former one is public meanwhile."""
    return can_publish_practice(by, practice) and in_bank(practice)


def can_publish_practice(by: Actor, practice: Practice) -> bool:
    return by.school is None and by.can("practice:publish")


def is_expert_of(by: Actor, review: Review) -> bool:
    """The circumstance of being an expert: a live assignment of this very person."""
    return by.is_person(review.expert) and review.state not in GONE


def can_lead_review(by: Actor, review: Review) -> bool:
    return can_lead_practice(by, review.practice)


def can_order_practice(by: Actor) -> bool:
    """An order is a wish of the school: a guest has none in its name, and does not read what it wants."""
    return by.school is not None and by.can("bank:read") and not by.offices <= {Office.GUEST}


def can_edit_search_words(by: Actor) -> bool:
    return by.school is None and by.can("search_word:edit")


def can_answer_order(by: Actor, order: PracticeOrder) -> bool:
    """Whoever teaches the search sees what is not in the bank, and answers for it."""
    return can_edit_search_words(by)


def can_announce_call(by: Actor) -> bool:
    """The same person looks for what schools want."""
    return can_edit_search_words(by)


def call_for(by: Actor, uuid: UUID) -> PracticeCall:
    """A call of the city, for the methodist. Raises NotVisible."""
    found = PracticeCall.objects.filter(uuid=uuid).first() if can_announce_call(by) else None
    if found is None:
        raise NotVisible
    return found


def order_for(by: Actor, uuid: UUID) -> PracticeOrder:
    """An order of a school, for the methodist. Raises NotVisible."""
    found = PracticeOrder.objects.filter(uuid=uuid).first()
    if found is None or not can_answer_order(by, found):
        raise NotVisible
    return found


def search_word_for(by: Actor, uuid: UUID) -> SearchWord:
    """A notion of the search, for whoever teaches it. Raises NotVisible."""
    found = SearchWord.objects.filter(uuid=uuid).first() if can_edit_search_words(by) else None
    if found is None:
        raise NotVisible
    return found


def saved_search_for(by: Actor, uuid: UUID) -> SavedSearch:
    """One's own saved search. Raises NotVisible."""
    found = SavedSearch.objects.filter(uuid=uuid, user=by.user).first() if by.user is not None else None
    if found is None:
        raise NotVisible
    return found


def catalogue_for(by: Actor, uuid: UUID) -> BankCatalogue:
    """A catalogue that one has asked for oneself. Raises NotVisible."""
    own = BankCatalogue.objects.filter(uuid=uuid, user=by.user) if by.user is not None else None
    found = own.select_related("file").first() if own is not None else None
    if found is None:
        raise NotVisible
    return found


def practice_for(by: Actor, uuid: UUID) -> Practice:
    """A practice that was handed over, for the city's officials. Raises NotVisible."""
    found = (
        Practice.objects.select_related("school", "call")
        .prefetch_related("reviews")
        .filter(uuid=uuid)
        .first()
    )
    if found is None or by.school is not None or not by.can("practice:read"):
        raise NotVisible
    return found


REVIEW_OVER = (
    "Эту практику у вас больше не ждут: вы отказались или её смотрит другой. Делать ничего не нужно."
)


def review_for(by: Actor, uuid: UUID) -> Review:
    """One's own assignment, while one works in a school of the city. Raises NotVisible for everybody else's,
    and of one's own that is over with why: an old letter leads there.
    """
    found = next(iter(for_experts(Review.objects.filter(uuid=uuid))), None)
    if found is not None and by.is_person(found.expert) and found.state in GONE:
        raise NotVisible("review_over", REVIEW_OVER)
    if (
        found is None
        or by.school is not None
        or not is_expert_of(by, found)
        or not teaches_in_the_city(by.user)
    ):
        raise NotVisible
    return found


def led_review_for(by: Actor, uuid: UUID) -> Review:
    """Another's assignment, for those who lead the expertise. Raises NotVisible."""
    found = Review.objects.select_related("practice__school").filter(uuid=uuid).first()
    if found is None or not can_lead_review(by, found):
        raise NotVisible
    return found


def sheet_for(by: Actor, uuid: UUID) -> Review:
    """A submitted sheet, for its expert and for those who lead the expertise. Raises NotVisible."""
    found = next(iter(for_experts(Review.objects.filter(uuid=uuid))), None)
    own = found is not None and is_expert_of(by, found) and teaches_in_the_city(by.user)
    if found is None or by.school is not None or not (own or by.can("practice:read")):
        raise NotVisible
    return found


def bank_practice_for(by: Actor, uuid: UUID) -> BankPractice:
    """A published practice. Raises NotVisible, and Gone for one that was taken off."""
    found = BankPractice.every.visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    if found.archived_on is not None:
        raise Gone(taken_off(found))
    return found


def taken_off(card: BankPractice) -> str:
    """What the address of a card says after it was taken off."""
    day = f"{card.archived_on:%d.%m.%Y}" if card.archived_on else ""
    return f"Практика {card.code} {quoted(card.title)} снята с публикации {day}."


def archived_practice_for(by: Actor, uuid: UUID) -> BankPractice | None:
    """A card that stood in the bank and was taken off; None for any other."""
    rows = BankPractice.every.visible_to(by).exclude(archived_on=None)
    return rows.filter(uuid=uuid).first()
