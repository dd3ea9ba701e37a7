"""Letters of the city about practices that are at work in programmes."""

from best_practices.adoption_letters import PRACTICE_RENEWED
from portal.core.text import quoted
from portal.exchange import Letter, receives
from portal.notify import tell
from portal.pair_work.models import Adoption
from tenants.links import link


@receives(PRACTICE_RENEWED)
def tell_of_new_text(letter: Letter) -> None:
    """The mentor hears of it while the practice is at work; what has ended meanwhile is left alone."""
    rows = Adoption.objects.live().filter(uuid=letter.payload.adoption, ended_on=None)
    adoption = rows.select_related("programme__pair__mentor").first()
    if adoption is None:
        return
    text = f"Вышла новая редакция практики {quoted(adoption.title)}: можно остаться на своей или перейти"
    mentor = adoption.programme.pair.mentor.user
    tell([mentor], "practice_renewed", text, link("pair_work:adoption", adoption.uuid))
