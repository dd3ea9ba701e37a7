"""Papers of a practice in the school: the card T-35."""

from best_practices.content import PracticeContent
from best_practices.exports import card_of
from portal.core.errors import Conflict
from portal.documents.word import WORD, render_docx
from portal.school_practices.completeness import is_complete
from portal.school_practices.models import SchoolPractice

__all__ = ["WORD", "word_card"]


def word_card(practice: SchoolPractice, text: PracticeContent, school: str) -> bytes:
    """T-35 in Word. Raises Conflict while the description is not complete."""
    if not is_complete(practice):
        raise Conflict("incomplete", "Карточка печатается, когда описание заполнено до конца.")
    authors = [authorship.employee.full_name for authorship in practice.authorships.all()]
    return render_docx("T-35", card_of(text, school=school, authors=authors, code=practice.mirror_code, version=max(practice.revision, 1)))
