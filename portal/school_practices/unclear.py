"""Another school has not understood from a published practice what to do: its authors hear of it, in the
words that the school has let out.
"""

from best_practices.adoption_letters import DESCRIPTION_UNCLEAR
from portal.core.text import quoted
from portal.exchange import Letter, receives
from portal.notify import tell
from portal.school_practices.models import SchoolPractice
from tenants.links import link


@receives(DESCRIPTION_UNCLEAR)
def tell_authors(letter: Letter) -> None:
    practice = SchoolPractice.objects.filter(uuid=letter.payload.practice).first()
    if practice is None:
        return
    said = f": {letter.payload.words}" if letter.payload.words else ""
    text = f"Другой школе не хватило описания практики {quoted(practice.title)}{said}"
    people = [row.person.user for row in practice.authorships.select_related("person")]
    tell(people, "practice_unclear", text, link("school_practices:practice", practice.uuid))
