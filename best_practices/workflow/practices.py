"""SM-10, the city's part: from the hand-over to the bank. Each visible step is answered to the school.

Plagiarism has a row of its own (`reject_copied`), since no mean says it. An author takes a published practice
off by taking back the consent (T-29): the school's letter then makes `recall`. A practice older than three
years is archived by the specialist's decision.
"""

from best_practices import access
from best_practices.models import Practice
from best_practices.states import PracticeState as S
from best_practices.workflow import deciding as d
from portal.core.workflow import (
    Baton,
    Begins,
    Place,
    Transition,
    Workflow,
    by_time,
    no_baton,
    no_paper,
    nobody,
)

LEAD, ISSUE = access.can_lead_practice, access.can_publish_practice
REVIEWING = (S.REVIEW, S.ARBITRATION)
RENEWED = (S.SUBMITTED, S.FORMAL_CHECK, *REVIEWING, S.RETURNED, S.RECOMMENDED)
"""Where a new text may be while the former one stands in the bank."""
DECIDED = (d.write_decision, d.drop_names_not_asked)
AFTER_DECISION = (d.forget_names_in_letter, d.close_open_sheets, d.answer_school)

_TO_TAKE = Baton("за методистом", "взять на проверку")
_TO_CHECK = Baton("за методистом", "проверить описание и назначить экспертов")
_TO_MEND = Baton("за школой", "исправить и прислать ещё раз")
_OVER = no_baton("Отклонённую практику не возвращают.")
_OFF = no_baton("Практики в банке больше нет.")
_WITH_EXPERTS = Place("Эксперты")
_BACK = Place("Эксперты", stopped="Возвращена на доработку")
_REFUSED = Place("Эксперты", stopped="Отклонена")
_GONE = Place("В банке", stopped="Снята с публикации")
_SENT_BACK = "Практика возвращена на доработку. Эстафета у школы: она прочитает, что поправить."
_NOT_TAKEN = "Практика отклонена. Школа прочитает почему."


def _to_judge(practice: Practice) -> Baton:
    """The experts', but the methodist's when two sheets that differ are all there will be."""
    if practice.without_third:
        return Baton("за методистом", "решить по двум листам")
    return Baton("за экспертами", "сдать листы")


PRACTICE: Workflow[Practice] = Workflow(
    name="practice",
    code="SM-10",
    title="Практика в городе",
    model=Practice,
    keeps=(d.count_what_is_ahead,),
    steps=("Поступила", "Проверка", "Эксперты", "К публикации", "В банке"),
    told=nobody("Школе отвечает письмо: она видит, где её практика и почему."),
    paper=no_paper("О решении школе говорит письмо."),
    begins=Begins(states=(S.SUBMITTED,), baton=_TO_TAKE, lane=Place("Поступила")),
    transitions=(
        Transition(
            verb="receive",
            label="Взять на проверку",
            sources=(S.SUBMITTED,),
            target=S.FORMAL_CHECK,
            rule=LEAD,
            follows=(d.answer_school,),
            journal="Практика взята на проверку",
            said="Практика у вас на проверке. Школа это видит.",
            baton=_TO_CHECK,
            lane=Place("Проверка"),
        ),
        Transition(
            verb="start_review",
            label="Отправить на экспертизу",
            sources=(S.FORMAL_CHECK,),
            target=S.REVIEW,
            rule=LEAD,
            guards=(d.TWO,),
            follows=(d.answer_school,),
            journal="Практика отправлена на экспертизу",
            said="Практика отправлена. Эстафета у экспертов, школа это видит.",
            baton=_to_judge,
            lane=_WITH_EXPERTS,
            paper="T-36",
        ),
        Transition(
            verb="return_incomplete",
            label="Вернуть: описание неполное",
            sources=(S.FORMAL_CHECK,),
            target=S.RETURNED,
            rule=LEAD,
            needs_comment=True,
            changes=DECIDED,
            follows=AFTER_DECISION,
            quiet=True,
            journal="Практика возвращена школе: описание неполное",
            said=_SENT_BACK,
            baton=_TO_MEND,
            lane=_BACK,
            paper="T-37",
        ),
        Transition(
            verb="return_unreviewed",
            label="Вернуть без оценки: экспертов нет",
            sources=(S.FORMAL_CHECK, *REVIEWING),
            target=S.RETURNED,
            rule=LEAD,
            guards=(d.NOBODY_LEFT,),
            needs_comment=True,
            changes=(d.write_remarks, d.drop_names_not_asked),
            follows=AFTER_DECISION,
            quiet=True,
            journal="Практика возвращена школе без оценки: экспертов нет",
            said="Практика возвращена без оценки. Эстафета у школы: она прочитает почему.",
            baton=_TO_MEND,
            lane=_BACK,
        ),
        Transition(
            verb="arbitrate",
            label="Передать третьему эксперту",
            sources=(S.REVIEW,),
            target=S.ARBITRATION,
            rule=by_time,
            guards=(d.THIRD,),
            follows=(d.answer_school,),
            journal="Практика передана третьему эксперту",
            told=nobody("Методисту пишет то, что следует за листом; школе отвечает письмо."),
            baton=Baton("за третьим экспертом", "сдать лист"),
            lane=_WITH_EXPERTS,
        ),
        Transition(
            verb="go_without_third",
            label="Решить по двум листам: третьего эксперта нет",
            sources=REVIEWING,
            target=S.REVIEW,
            rule=LEAD,
            guards=(d.DIFFER, d.NO_THIRD),
            needs_comment=True,
            changes=(d.go_without_third,),
            follows=(d.no_third_is_waited_for,),
            quiet=True,
            journal="Решают по двум листам: третьего эксперта нет",
            said="Записано: третьего листа не ждём. Теперь решите по двум.",
            told=nobody("Школе, которая видела третьего эксперта, говорит письмо: практика на экспертизе."),
            baton=_to_judge,
            lane=_WITH_EXPERTS,
        ),
        Transition(
            verb="recommend",
            label="Рекомендовать к публикации",
            sources=REVIEWING,
            target=S.RECOMMENDED,
            rule=LEAD,
            guards=(d.PASSED,),
            changes=DECIDED,
            follows=AFTER_DECISION,
            journal="Практика рекомендована к публикации",
            said="Практика рекомендована. Эстафета у специалиста Управления.",
            baton=Baton("за специалистом Управления", "опубликовать в банке"),
            lane=Place("К публикации"),
            paper="T-37",
        ),
        Transition(
            verb="return",
            label="Вернуть на доработку",
            sources=REVIEWING,
            target=S.RETURNED,
            rule=LEAD,
            guards=(d.BETWEEN,),
            needs_comment=True,
            changes=DECIDED,
            follows=AFTER_DECISION,
            journal="Практика возвращена школе на доработку",
            said=_SENT_BACK,
            baton=_TO_MEND,
            lane=_BACK,
            paper="T-37",
        ),
        Transition(
            verb="reject",
            label="Отклонить практику",
            sources=REVIEWING,
            target=S.REJECTED,
            rule=LEAD,
            guards=(d.LOW, d.NO_CARD),
            needs_comment=True,
            changes=DECIDED,
            follows=AFTER_DECISION,
            quiet=True,
            journal="Практика отклонена",
            said=_NOT_TAKEN,
            baton=_OVER,
            lane=_REFUSED,
            paper="T-37",
        ),
        Transition(
            verb="reject_copied",
            label="Отклонить: чужой текст",
            sources=(S.FORMAL_CHECK, *REVIEWING),
            target=S.REJECTED,
            rule=LEAD,
            guards=(d.NO_CARD,),
            needs_comment=True,
            changes=DECIDED,
            follows=AFTER_DECISION,
            quiet=True,
            journal="Практика отклонена: чужой текст",
            said=_NOT_TAKEN,
            baton=_OVER,
            lane=_REFUSED,
            paper="T-37",
        ),
        Transition(
            verb="keep_former",
            label="Оставить в банке прежнюю редакцию",
            sources=(S.FORMAL_CHECK, *REVIEWING),
            target=S.PUBLISHED,
            rule=access.can_keep_former,
            needs_comment=True,
            changes=DECIDED,
            follows=(d.forget_names_in_letter, d.close_open_sheets, d.answer_that_former_stays),
            quiet=True,
            journal="В банке осталась прежняя редакция",
            said="В банке остаётся прежняя редакция. Школа прочитает почему.",
            baton=no_baton("Практика в банке, ждать больше нечего."),
            lane=Place("В банке"),
        ),
        Transition(
            verb="publish",
            label="Опубликовать в банке",
            sources=(S.RECOMMENDED,),
            target=S.PUBLISHED,
            rule=ISSUE,
            changes=(d.give_code,),
            follows=(d.put_into_bank, d.answer_school),
            journal="Практика опубликована в банке",
            said="Практика опубликована в банке. Школа это видит.",
            baton=no_baton("Практика в банке, ждать больше нечего."),
            lane=Place("В банке"),
        ),
        Transition(
            verb="archive",
            label="Снять с публикации",
            sources=(S.PUBLISHED, *RENEWED),
            target=S.ARCHIVED,
            rule=access.can_take_off_practice,
            needs_comment=True,
            changes=DECIDED,
            follows=(d.take_off_bank, *AFTER_DECISION),
            quiet=True,
            journal="Практика снята с публикации",
            said="Практика снята с публикации. Школа прочитает почему.",
            baton=_OFF,
            lane=_GONE,
        ),
        Transition(
            verb="resubmit",
            label="Школа прислала новую редакцию",
            sources=(S.RETURNED, S.PUBLISHED, S.ARCHIVED),
            target=S.SUBMITTED,
            rule=by_time,
            journal="Школа прислала новую редакцию практики",
            told=nobody("Методист видит её в «Что дальше»."),
            baton=_TO_TAKE,
            lane=Place("Поступила"),
        ),
        Transition(
            verb="recall",
            label="Школа отозвала",
            sources=(
                S.SUBMITTED,
                S.FORMAL_CHECK,
                S.REVIEW,
                S.ARBITRATION,
                S.RETURNED,
                S.RECOMMENDED,
                S.PUBLISHED,
            ),
            target=S.ARCHIVED,
            rule=by_time,
            changes=DECIDED,
            follows=(d.take_off_bank, d.forget_names_in_letter, d.close_open_sheets),
            journal="Школа отозвала практику",
            told=nobody("Школа отозвала её сама; экспертам, которых ждали, говорят их листы."),
            baton=_OFF,
            lane=_GONE,
        ),
    ),
)
