"""SM-10, the city's part: from the hand-over to the bank. Each visible step is answered to the school.

Plagiarism has a row of its own (`reject_copied`), since no mean says it. An author takes a published practice
off by taking back the consent (T-29): the school's letter then makes `recall`. A practice older than three
years is archived by the specialist's decision.
"""

from best_practices import access, bank
from best_practices.interest import left_to_ask
from best_practices.letters import PRACTICE_ANSWERED, PRACTICE_HANDED_OVER, Answered
from best_practices.models import Practice
from best_practices.review_workflow import REVIEW
from best_practices.states import PracticeState as S
from best_practices.states import ReviewState
from best_practices.verdict import Advice, live, missing, verdict
from portal.core import clock
from portal.core.actor import Actor
from portal.core.old_workflow import Extra, Guard, Transition, Workflow, by_time
from portal.exchange import rewrite, send
from portal.notify import tell


def _two_experts(obj: Practice, by: Actor, extra: Extra) -> bool:
    return len(live(obj)) >= 2


def _third_expert(obj: Practice, by: Actor, extra: Extra) -> bool:
    return len(live(obj)) >= 3


def _advises(advice: Advice):  # type: ignore[no-untyped-def]
    return lambda obj, by, extra: verdict(obj).advice is advice


def decide(obj: Practice, by: Actor, extra: Extra) -> None:
    obj.remarks, obj.decided_on = str(extra.get("comment", "")), clock.today()


def answer(obj: Practice, by: Actor, extra: Extra) -> None:
    """The school sees where its practice is, and why."""
    said = Answered(
        practice=obj.practice,
        state=obj.state,
        comment=str(extra.get("comment", "")),
        code=obj.code,
        unreviewed=obj.state == S.RETURNED and not obj.decided_on,
    )
    send(PRACTICE_ANSWERED, said, topic=obj.practice, by=by, school=obj.school.uuid)


def forget_not_ask(obj: Practice, by: Actor, extra: Extra) -> None:
    """With the decision the list «не спрашивать» has served: it goes from the row and from the letter that
    brought it.
    """
    if obj.not_ask:
        obj.not_ask = []
        rewrite(PRACTICE_HANDED_OVER, obj.practice, not_ask=[])


def release(obj: Practice, by: Actor, extra: Extra) -> None:
    """Whoever was still to write a sheet is not waited for any more, and hears of it."""
    for review in obj.reviews.filter(state=ReviewState.ASSIGNED):
        REVIEW.move(review, "close", by=Actor.system(via="workflow"), comment="По практике уже решено.")
        tell(
            [review.expert],
            "review_closed",
            f"Практику «{obj.title[:120]}» оценивать больше не нужно: по ней решено. Спасибо.",
            "/expertise/",
        )


def give_back(obj: Practice, by: Actor, extra: Extra) -> None:
    """Nobody has judged: there is a word to the school and no decision."""
    obj.remarks, obj.decided_on = str(extra.get("comment", "")), None


def go_without_third(obj: Practice, by: Actor, extra: Extra) -> None:
    obj.without_third = True


def publish(obj: Practice, by: Actor, extra: Extra) -> None:
    bank.put_in(obj, by)


def take_off(obj: Practice, by: Actor, extra: Extra) -> None:
    bank.take_off(obj)


def _nobody_left(obj: Practice, by: Actor, extra: Extra) -> bool:
    return missing(obj) > 0 and not left_to_ask(obj)


def _two_sheets_differ(obj: Practice, by: Actor, extra: Extra) -> bool:
    return verdict(obj).advice is Advice.ARBITRATE


def _no_third(obj: Practice, by: Actor, extra: Extra) -> bool:
    return not left_to_ask(obj)


NOBODY = Guard(
    "experts_left",
    "Экспертов хватает, или ещё есть кого попросить: назначьте эксперта из списка.",
    _nobody_left,
)
NOBODY_THIRD = Guard(
    "third_left", "Третьего эксперта ещё есть кого попросить: назначьте его из списка.", _no_third
)
DIFFER = Guard(
    "two_sheets",
    "По двум листам решают, когда оба сданы и третьего эксперта взять неоткуда.",
    _two_sheets_differ,
)
TWO = Guard("experts", "Назначьте двух экспертов из других школ.", _two_experts)
THIRD = Guard(
    "third_expert",
    "Когда баллы двух расходятся больше чем на 10 или советы противоположны, назначьте третьего эксперта.",
    _third_expert,
)
PASSED = Guard(
    "threshold",
    "Для рекомендации нужны все листы, средний балл не меньше 35 и ни одного критерия ниже 5.",
    _advises(Advice.RECOMMEND),
)
BETWEEN = Guard(
    "return_band",
    "Вернуть можно, когда все листы сданы и средний балл от 25 до 34,9 или есть критерий ниже 5.",
    _advises(Advice.RETURN),
)
LOW = Guard(
    "reject_band", "Отклонить можно, когда все листы сданы и средний балл ниже 25.", _advises(Advice.REJECT)
)
LEAD, ISSUE = access.can_lead_practice, access.can_publish_practice
REVIEWING = (S.REVIEW, S.ARBITRATION)

DECIDES = (forget_not_ask, release, decide, answer)

PRACTICE = Workflow(
    "practice",
    "Практика в городе",
    Practice,
    (
        Transition("receive", "Взять на проверку", (S.SUBMITTED,), S.FORMAL_CHECK, LEAD, effects=(answer,)),
        Transition(
            "start_review",
            "Отправить на экспертизу",
            (S.FORMAL_CHECK,),
            S.REVIEW,
            LEAD,
            (TWO,),
            (answer,),
            document="T-36",
        ),
        Transition(
            "return_incomplete",
            "Вернуть: описание неполное",
            (S.FORMAL_CHECK,),
            S.RETURNED,
            LEAD,
            effects=DECIDES,
            needs_comment=True,
            quiet=True,
        ),
        Transition(
            "return_unreviewed",
            "Вернуть без оценки: экспертов нет",
            (S.FORMAL_CHECK, *REVIEWING),
            S.RETURNED,
            LEAD,
            (NOBODY,),
            (forget_not_ask, release, give_back, answer),
            needs_comment=True,
            quiet=True,
        ),
        Transition(
            "arbitrate", "Передать третьему эксперту", (S.REVIEW,), S.ARBITRATION, LEAD, (THIRD,), (answer,)
        ),
        Transition(
            "go_without_third",
            "Решить по двум листам: третьего эксперта нет",
            REVIEWING,
            S.REVIEW,
            LEAD,
            (DIFFER, NOBODY_THIRD),
            (go_without_third,),
            needs_comment=True,
            quiet=True,
        ),
        Transition(
            "recommend",
            "Рекомендовать к публикации",
            REVIEWING,
            S.RECOMMENDED,
            LEAD,
            (PASSED,),
            DECIDES,
            document="T-37",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            REVIEWING,
            S.RETURNED,
            LEAD,
            (BETWEEN,),
            DECIDES,
            needs_comment=True,
        ),
        Transition(
            "reject",
            "Отклонить практику",
            REVIEWING,
            S.REJECTED,
            LEAD,
            (LOW,),
            DECIDES,
            needs_comment=True,
            quiet=True,
        ),
        Transition(
            "reject_copied",
            "Отклонить: чужой текст",
            (S.FORMAL_CHECK, *REVIEWING),
            S.REJECTED,
            LEAD,
            effects=DECIDES,
            needs_comment=True,
            quiet=True,
        ),
        Transition(
            "publish", "Опубликовать в банке", (S.RECOMMENDED,), S.PUBLISHED, ISSUE, effects=(publish, answer)
        ),
        Transition(
            "archive",
            "Снять с публикации",
            (S.PUBLISHED,),
            S.ARCHIVED,
            ISSUE,
            effects=(take_off, decide, answer),
            needs_comment=True,
            quiet=True,
        ),
        Transition("resubmit", "Школа прислала исправленную", (S.RETURNED,), S.SUBMITTED, by_time),
        Transition(
            "recall",
            "Школа отозвала",
            (S.SUBMITTED, S.FORMAL_CHECK, S.REVIEW, S.ARBITRATION, S.RETURNED, S.RECOMMENDED, S.PUBLISHED),
            S.ARCHIVED,
            by_time,
            effects=(take_off, forget_not_ask, release, decide),
        ),
    ),
    code="SM-10",
)
