"""SM-10, the school's part: from a draft to the school's bank and the hand-over; then a mirror of the city's
answers.

`submitted_school` is passed at once (the reviewers are those who hold the right, SM-10), so `submit` goes to
the review. An author who withdraws the consent to distribution takes the practice out of the city at once
(152-ФЗ, ст. 10.1).
"""

from typing import Any

from best_practices.letters import PRACTICE_HANDED_OVER, PRACTICE_RECALLED, HandedOver, Recalled
from best_practices.states import SCHOOL_THRESHOLD
from portal import audit
from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.exchange import rewrite, send
from portal.school_practices import access
from portal.school_practices.completeness import is_complete
from portal.school_practices.interest import not_to_ask
from portal.school_practices.models import PracticeRevision, SchoolPractice
from portal.school_practices.sending import author_cards, content_of
from portal.school_practices.states import MIRROR
from portal.school_practices.states import SchoolPracticeState as S
from portal.staff.selectors import allowed_to_publish


def _complete(obj: SchoolPractice, by: Actor, extra: Extra) -> bool:
    return is_complete(obj)


def _has_no_pupil_data(obj: SchoolPractice, by: Actor, extra: Extra) -> bool:
    return obj.has_no_pupil_data and obj.has_image_consents


def _has_review(obj: SchoolPractice, by: Actor, extra: Extra) -> bool:
    return bool(_totals(obj))


def _good_enough(obj: SchoolPractice, by: Actor, extra: Extra) -> bool:
    """Of a practice that nobody has rated there is no mean yet, neither low nor high: `REVIEWED` speaks of
    that.
    """
    totals = _totals(obj)
    return not totals or sum(totals) / len(totals) >= SCHOOL_THRESHOLD


def _totals(obj: SchoolPractice) -> list[int]:
    return [review.total for review in obj.reviews.all() if review.revision == obj.revision]


def _authors_agree(obj: SchoolPractice, by: Actor, extra: Extra) -> bool:
    authors = [authorship.employee for authorship in obj.authorships.all()]
    allowed = allowed_to_publish(authors)
    return all("name" in allowed.get(author.pk, ()) for author in authors)


def _may_go_again(obj: SchoolPractice, by: Actor, extra: Extra) -> bool:
    return obj.city_submissions < 2


def freeze(obj: SchoolPractice, by: Actor, extra: Extra) -> None:
    """Each submission keeps its text for ever."""
    obj.revision += 1
    PracticeRevision.objects.create(
        practice=obj, number=obj.revision, content=content_of(obj).model_dump(), created_by=by.user
    )


def sum_up(obj: SchoolPractice, by: Actor, extra: Extra) -> None:
    """The school's mean and its day."""
    totals = _totals(obj)
    obj.school_total, obj.school_reviewed_on = round(sum(totals) / len(totals), 1), clock.today()


def hand_over(obj: SchoolPractice, by: Actor, extra: Extra) -> None:
    """The letter with the frozen revision: the only way by which the city learns of the practice."""
    obj.city_submissions += 1
    letter = HandedOver(
        practice=obj.uuid,
        revision=obj.revision,
        content=content_of(obj),
        authors=author_cards(obj),
        school_reviewed_on=obj.school_reviewed_on,
        school_total=float(obj.school_total or 0),
        not_ask=sorted(person.user for person in not_to_ask(obj) if person.user),
    )
    audit.record(by, "named_not_to_ask", obj, changes={"people": len(letter.not_ask)})
    send(PRACTICE_HANDED_OVER, letter, topic=obj.uuid, by=by, title=f"Практика «{obj.title}»")


def recall(obj: SchoolPractice, by: Actor, extra: Extra) -> None:
    rewrite(PRACTICE_HANDED_OVER, obj.uuid, not_ask=[])
    send(
        PRACTICE_RECALLED,
        Recalled(practice=obj.uuid, reason=str(extra.get("comment", ""))),
        topic=obj.uuid,
        by=by,
        title=f"Отзыв практики «{obj.title}»",
    )


def mirror(obj: SchoolPractice, by: Actor, extra: Extra) -> None:
    """What the city has said is shown as it was said."""
    obj.mirror_comment = str(extra.get("comment", ""))
    obj.mirror_code = str(extra.get("code") or obj.mirror_code)
    if extra.get("unreviewed"):
        obj.city_submissions = max(0, obj.city_submissions - 1)


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
ONCE_MORE = Guard(
    "resubmission", "Город уже возвращал эту практику: повторно её можно передать один раз.", _may_go_again
)

RECALLABLE = (
    S.SENDING,
    S.FORMAL_CHECK,
    S.MUNICIPAL_REVIEW,
    S.ARBITRATION,
    S.RETURNED_MUNICIPAL,
    S.RECOMMENDED,
    S.PUBLISHED,
)
_CITY_SOURCES = (S.SENDING, *(S(state) for state in MIRROR))

SCHOOL_PRACTICE = Workflow(
    "school_practice",
    "Практика в школе",
    SchoolPractice,
    (
        Transition(
            "submit",
            "Отдать на оценку в школе",
            (S.DRAFT, S.RETURNED_SCHOOL),
            S.SCHOOL_REVIEW,
            access.can_submit_practice,
            (COMPLETE, NO_PUPILS),
            (freeze,),
            document="T-35",
            seed="6.1 ШМО(9)",
        ),
        Transition(
            "return",
            "Вернуть автору",
            (S.SCHOOL_REVIEW,),
            S.RETURNED_SCHOOL,
            access.can_review_practice,
            needs_comment=True,
            quiet=True,
            page="school_practices:practice",
        ),
        Transition(
            "accept",
            "Принять в банк школы",
            (S.SCHOOL_REVIEW,),
            S.SCHOOL_BANK,
            access.can_review_practice,
            (REVIEWED, GOOD),
            (sum_up,),
            document="T-36",
        ),
        Transition(
            "reject",
            "Не принимать практику",
            (S.SCHOOL_REVIEW,),
            S.REJECTED_SCHOOL,
            access.can_review_practice,
            (REVIEWED,),
            needs_comment=True,
            quiet=True,
            final="Непринятую практику не доработать. Если в ней стоит что-то поправить, лучше верните её "
            "автору.",
        ),
        Transition(
            "hand_over",
            "Передать в город",
            (S.SCHOOL_BANK,),
            S.SENDING,
            access.can_hand_over_practice,
            (CONSENTS,),
            (hand_over,),
            seed="4.2(5)",
            page="school_practices:hand_over",
        ),
        Transition(
            "resubmit",
            "Передать исправленную",
            (S.RETURNED_MUNICIPAL,),
            S.SENDING,
            access.can_hand_over_practice,
            (COMPLETE, NO_PUPILS, CONSENTS, ONCE_MORE),
            (freeze, hand_over),
            page="school_practices:hand_over",
        ),
        Transition(
            "recall",
            "Отозвать из города",
            RECALLABLE,
            S.RECALLED,
            access.can_recall_practice,
            effects=(recall,),
            needs_comment=True,
            quiet=True,
            final="Отзыв окончательный: из города практика уйдёт, и передать её ещё раз нельзя. В школе её "
            "текст и файлы останутся.",
        ),
        *(
            Transition(f"city_{state}", S(state).label, _CITY_SOURCES, S(state), by_time, effects=(mirror,))
            for state in MIRROR
        ),
    ),
    code="SM-10",
)


def offers(practice: SchoolPractice, by: Actor) -> list[Any]:
    """Buttons of the practice's page."""
    return SCHOOL_PRACTICE.offers(practice, by)
