"""Colleagues of the city have thanked the authors of a published practice: the school has it as a fact for
incentives. Who has thanked, it is not told.
"""

from best_practices.thanks_letters import PRACTICE_THANKED
from portal.exchange import Letter, receives
from portal.school_practices.models import SchoolPractice
from portal.ui.words import plural


@receives(PRACTICE_THANKED)
def keep_thanks(letter: Letter) -> None:
    """The last letter says it all. The text is not touched: nobody's form grows stale by it."""
    said = letter.payload
    known = SchoolPractice.objects.filter(uuid=said.practice)
    known.update(thanks=said.total, thanks_schools=said.schools)


def thanks_in_words(practice: SchoolPractice) -> str:
    """Empty while nobody has thanked."""
    if not practice.thanks:
        return ""
    people = f"{practice.thanks} {plural(practice.thanks, 'педагог,педагога,педагогов')}"
    return f"{people} из {practice.thanks_schools} {plural(practice.thanks_schools, 'школы,школ,школ')}"
