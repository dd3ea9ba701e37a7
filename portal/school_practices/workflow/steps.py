"""What steps of a practice in the school need, change and bring about, and who hears of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from best_practices.letters import (
    PRACTICE_HANDED_OVER,
    PRACTICE_RECALLED,
    FieldRemark,
    HandedOver,
    Recalled,
)
from best_practices.models import BankPractice
from best_practices.states import SCHOOL_THRESHOLD, Ahead
from best_practices.terms import check_until
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.text import quoted
from portal.core.workflow import Guard, Move, Told
from portal.exchange import rewrite, send
from portal.school_practices.checking import waiting_in
from portal.school_practices.completeness import is_complete
from portal.school_practices.interest import not_to_ask
from portal.school_practices.models import PracticeRevision, SchoolPractice
from portal.school_practices.remarks import answers_of, keep_remarks, unanswered
from portal.school_practices.search import keep_words
from portal.school_practices.sending import author_cards, content_of
from portal.school_practices.states import SchoolPracticeState as S
from portal.staff.selectors import allowed_to_publish
from tenants.addresses import school_url
from tenants.context import school_here


@dataclass(frozen=True, kw_only=True)
class CityAnswer:
    """What the city's letter says beside the state and the words; `ahead` is one of `Ahead`."""

    code: str = ""
    unreviewed: bool = False
    ahead: str = ""
    ahead_on: dt.date | None = None
    remarks: tuple[FieldRemark, ...] = ()


# ── What must be true ───────────────────────────────────────────────────────────────────────────────


def _complete(practice: SchoolPractice, by: Actor) -> bool:
    return is_complete(practice)


def _has_no_pupil_data(practice: SchoolPractice, by: Actor) -> bool:
    return practice.has_no_pupil_data and practice.has_image_consents


def _has_review(practice: SchoolPractice, by: Actor) -> bool:
    return bool(_totals(practice))


def _good_enough(practice: SchoolPractice, by: Actor) -> bool:
    """Of a practice that nobody has rated there is no mean yet, neither low nor high: `REVIEWED` speaks of
    that.
    """
    totals = _totals(practice)
    return not totals or sum(totals) / len(totals) >= SCHOOL_THRESHOLD


def _totals(practice: SchoolPractice) -> list[int]:
    return [review.total for review in practice.reviews.all() if review.revision == practice.revision]


def _authors_agree(practice: SchoolPractice, by: Actor) -> bool:
    authors = [authorship.person for authorship in practice.authorships.all()]
    allowed = allowed_to_publish(authors)
    return all("name" in allowed.get(author.pk, ()) for author in authors)


def _all_answered(practice: SchoolPractice, by: Actor) -> bool:
    return not waiting_in(practice)


def _remarks_answered(practice: SchoolPractice, by: Actor) -> bool:
    return not unanswered(practice)


def _may_go_again(practice: SchoolPractice, by: Actor) -> bool:
    return practice.city_submissions < 2


COMPLETE = Guard("complete", "Заполните описание до конца: портал отметил, чего не хватает.", _complete)
NO_PUPILS = Guard(
    "pupils",
    "Подтвердите, что в тексте нет данных об учениках, а на снимки есть согласия.",
    _has_no_pupil_data,
)
REVIEWED = Guard("reviewed", "Сначала нужна хотя бы одна оценка в школе.", _has_review)
GOOD = Guard(
    "threshold",
    f"Средний балл школы ниже {SCHOOL_THRESHOLD} из 50: верните практику автору с советом.",
    _good_enough,
)
CONSENTS = Guard(
    "consents",
    "Автор не разрешил публиковать фамилию, имя, отчество (T-29). Разрешает сам автор: портал уже напомнил "
    "ему на «Что дальше».",
    _authors_agree,
)
ANSWERED = Guard(
    "personal_data",
    "В тексте есть места, по которым могут узнать человека. Ответьте о каждом на странице «Проверка перед "
    "передачей».",
    _all_answered,
)
REMARKS = Guard(
    "remarks",
    "Ответьте на каждое замечание города: отметьте «Исправлено» или объясните, почему оставили как есть. "
    "Замечания стоят у своих полей в правке практики.",
    _remarks_answered,
)
ONCE_MORE = Guard(
    "resubmission", "Город уже возвращал эту практику: повторно её можно передать один раз.", _may_go_again
)

# ── What changes ────────────────────────────────────────────────────────────────────────────────────


def next_revision(practice: SchoolPractice, move: Move[Any]) -> None:
    practice.revision += 1


def sum_up(practice: SchoolPractice, move: Move[Any]) -> None:
    """The school's mean and its day."""
    totals = _totals(practice)
    practice.school_total = round(sum(totals) / len(totals), 1)
    practice.school_reviewed_on = clock.today()


def count_finds(practice: SchoolPractice, move: Move[Any]) -> None:
    """How many places the authors and the principal will be asked about, for «Что дальше»."""
    practice.finds_waiting = len(waiting_in(practice))


def count_submission(practice: SchoolPractice, move: Move[Any]) -> None:
    practice.city_submissions += 1
    practice.mirror_ahead, practice.mirror_ahead_on = Ahead.TAKE, check_until()


def begin_anew(practice: SchoolPractice, move: Move[Any]) -> None:
    """Tries of the former text are not counted to the new one."""
    practice.city_submissions = 0


def forget_number(practice: SchoolPractice, move: Move[Any]) -> None:
    """Its card is off; published once more, it gets the same number by the city's letter."""
    practice.mirror_code, practice.mirror_comment = "", ""


def restore_text(practice: SchoolPractice, move: Move[Any]) -> None:
    """The text that stands in the city's bank."""
    card = BankPractice.objects.filter(practice=practice.uuid).first()
    for field, value in card.text.model_dump().items() if card else ():
        setattr(practice, field, value)


def write_answer(practice: SchoolPractice, move: Move[CityAnswer]) -> None:
    """What the city has said is shown as it was said; what came back without an opinion was no try."""
    practice.mirror_comment = move.comment
    practice.mirror_code = move.asked.code or practice.mirror_code
    practice.mirror_ahead, practice.mirror_ahead_on = move.asked.ahead, move.asked.ahead_on
    practice.remarks_waiting = len(move.asked.remarks)
    if move.asked.unreviewed:
        practice.city_submissions = max(0, practice.city_submissions - 1)


# ── What follows ────────────────────────────────────────────────────────────────────────────────────


def freeze_text(practice: SchoolPractice, move: Move[Any]) -> None:
    """Each submission keeps its text for ever."""
    PracticeRevision.objects.create(
        practice=practice,
        number=practice.revision,
        content=content_of(practice).model_dump(),
        created_by=move.by.user,
    )


def keep_city_remarks(practice: SchoolPractice, move: Move[CityAnswer]) -> None:
    """Each beside its field, for the authors to answer."""
    keep_remarks(practice, move.asked.remarks)


def send_to_city(practice: SchoolPractice, move: Move[Any]) -> None:
    """The letter with the frozen revision: the only way by which the city learns of the practice."""
    letter = HandedOver(
        practice=practice.uuid,
        revision=practice.revision,
        content=content_of(practice),
        authors=author_cards(practice),
        school_reviewed_on=practice.school_reviewed_on,
        school_total=float(practice.school_total or 0),
        answers=answers_of(practice, practice.revision - 1) if move.source == S.RETURNED_MUNICIPAL else [],
        not_ask=sorted(person.user for person in not_to_ask(practice) if person.user),
        call=practice.answers_call,
    )
    audit.record(move.by, "named_not_to_ask", practice, changes={"people": len(letter.not_ask)})
    title = f"Практика {quoted(practice.title)}"
    send(PRACTICE_HANDED_OVER, letter, topic=practice.uuid, by=move.by, title=title)


def forget_names_in_letter(practice: SchoolPractice, move: Move[Any]) -> None:
    """Nobody is asked about the practice any more: the list «не спрашивать» has served."""
    rewrite(PRACTICE_HANDED_OVER, practice.uuid, not_ask=[])


def close_questions(practice: SchoolPractice, move: Move[Any]) -> None:
    """Whoever has not understood the former text gets another one."""
    for row in practice.unclear.filter(closed_on=None):
        row.closed_on, row.answer = clock.today(), f"Текст поправлен: редакция {practice.revision}."
        row.save_change("closed_on", "answer")


def keep_words_again(practice: SchoolPractice, move: Move[Any]) -> None:
    keep_words(practice)


def send_recall(practice: SchoolPractice, move: Move[Any]) -> None:
    letter = Recalled(practice=practice.uuid, reason=move.comment)
    title = f"Отзыв практики {quoted(practice.title)}"
    send(PRACTICE_RECALLED, letter, topic=practice.uuid, by=move.by, title=title)


# ── Who hears of it ─────────────────────────────────────────────────────────────────────────────────


def _authors(practice: SchoolPractice) -> Iterable[UUID | None]:
    return [authorship.person.user for authorship in practice.authorships.select_related("person")]


def _where_it_is(practice: SchoolPractice) -> str:
    return f"Практика {quoted(practice.title[:120])}: {practice.get_state_display()}"


def _page(practice: SchoolPractice) -> str:
    return school_url(school_here().code, "school_practices:practice", practice.uuid)


def authors_told(verb: str) -> tuple[Told[SchoolPractice], ...]:
    """Every author hears where the practice is now, with the way to it."""
    return (Told(_authors, _where_it_is, _page, kind=f"practice_{verb}"),)
