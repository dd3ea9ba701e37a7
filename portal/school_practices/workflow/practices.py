"""SM-10, the school's part: from a draft to the school's bank and the hand-over; then a mirror of the city's
answers.

`submitted_school` is passed at once (the reviewers are those who hold the right, SM-10), so `submit` goes to
the review. An author who withdraws the consent to distribution takes the practice out of the city at once
(152-ФЗ, ст. 10.1): `follows.py`.
"""

from dataclasses import dataclass

from portal.core.workflow import (
    Baton,
    Begins,
    Place,
    Transition,
    Without,
    Workflow,
    by_time,
    no_baton,
    no_paper,
)
from portal.school_practices import access
from portal.school_practices.models import SchoolPractice
from portal.school_practices.states import MIRROR
from portal.school_practices.states import SchoolPracticeState as S
from portal.school_practices.workflow import steps as s

RECALLABLE = (
    S.SENDING,
    S.FORMAL_CHECK,
    S.MUNICIPAL_REVIEW,
    S.ARBITRATION,
    S.RETURNED_MUNICIPAL,
    S.RECOMMENDED,
    S.PUBLISHED,
    S.RENEWING,
)
_CITY_SOURCES = (S.SENDING, S.RENEWING, *(S(state) for state in MIRROR))
_DECIDED = (S.RETURNED_MUNICIPAL, S.RECOMMENDED, S.PUBLISHED, S.REJECTED, S.ARCHIVED)
"""Answers of the city after which nobody is asked about the practice any more."""

_TO_WRITE = Baton("за авторами", "дописать и отдать на оценку")
_WITH_CITY = Baton("за методическим отделом города", "взять на проверку")
_SENT = Place("Принята городом")


@dataclass(frozen=True)
class _Mirrored:
    """What the city's answer means in the school."""

    journal: str
    lane: Place
    baton: Baton | Without


_ANSWERS = {
    S.FORMAL_CHECK: _Mirrored(
        "Город взял практику на проверку",
        _SENT,
        Baton("за методистом города", "проверить описание и назначить экспертов"),
    ),
    S.MUNICIPAL_REVIEW: _Mirrored(
        "Практика ушла экспертам города",
        Place("Эксперты города"),
        Baton("за экспертами города", "сдать листы"),
    ),
    S.ARBITRATION: _Mirrored(
        "Практика ушла третьему эксперту",
        Place("Эксперты города"),
        Baton("за третьим экспертом", "сдать лист"),
    ),
    S.RETURNED_MUNICIPAL: _Mirrored(
        "Город вернул практику на доработку",
        Place("Эксперты города", stopped="Город вернул на доработку"),
        Baton("за авторами и директором", "исправить и передать ещё раз"),
    ),
    S.RECOMMENDED: _Mirrored(
        "Город рекомендовал практику к публикации",
        Place("Рекомендована"),
        Baton("за специалистом Управления", "опубликовать в банке"),
    ),
    S.PUBLISHED: _Mirrored(
        "Практика опубликована в банке города",
        Place("В банке города"),
        no_baton("Практика в банке, ждать больше нечего."),
    ),
    S.REJECTED: _Mirrored(
        "Город отклонил практику",
        Place("Эксперты города", stopped="Отклонена городом"),
        no_baton("Отклонённую практику не передают ещё раз."),
    ),
    S.ARCHIVED: _Mirrored(
        "Практика снята с публикации",
        Place("В банке города", stopped="Снята с публикации"),
        no_baton("Практики в банке больше нет."),
    ),
}


def _answered(state: S) -> Transition[SchoolPractice, s.CityAnswer]:
    """One answer of the city, whatever it answered before."""
    means = _ANSWERS[state]
    return Transition(
        verb=f"city_{state}",
        label=state.label,
        sources=_CITY_SOURCES,
        target=state,
        rule=by_time,
        asks=s.CityAnswer,
        changes=(s.write_answer,),
        follows=(s.forget_names_in_letter, s.keep_city_remarks) if state in _DECIDED else (),
        journal=means.journal,
        told=s.authors_told(f"city_{state}"),
        baton=means.baton,
        lane=means.lane,
    )


SCHOOL_PRACTICE: Workflow[SchoolPractice] = Workflow(
    name="school_practice",
    code="SM-10",
    title="Практика в школе",
    model=SchoolPractice,
    steps=(
        "Черновик",
        "Оценка в школе",
        "Банк школы",
        "Принята городом",
        "Эксперты города",
        "Рекомендована",
        "В банке города",
    ),
    paper=no_paper("Карточку T-35 составляют, когда практику отдают на оценку и передают в город."),
    begins=Begins(states=(S.DRAFT,), baton=_TO_WRITE, lane=Place("Черновик")),
    transitions=(
        Transition(
            verb="submit",
            label="Отдать на оценку в школе",
            sources=(S.DRAFT, S.RETURNED_SCHOOL),
            target=S.SCHOOL_REVIEW,
            rule=access.can_submit_practice,
            guards=(s.COMPLETE, s.NO_PUPILS),
            changes=(s.next_revision,),
            follows=(s.freeze_text,),
            journal="Практика отдана на оценку в школе",
            said="Практика отдана. Эстафета у тех, кто в школе её оценивает.",
            told=s.authors_told("submit"),
            baton=Baton("за теми, кто оценивает практики в школе", "принять или вернуть"),
            lane=Place("Оценка в школе"),
            paper="T-35",
            seed="6.1 ШМО(9)",
        ),
        Transition(
            verb="return",
            label="Вернуть автору",
            sources=(S.SCHOOL_REVIEW,),
            target=S.RETURNED_SCHOOL,
            rule=access.can_review_practice,
            needs_comment=True,
            quiet=True,
            page="school_practices:practice",
            journal="Практика возвращена авторам",
            said="Практика возвращена. Эстафета у авторов.",
            told=s.authors_told("return"),
            baton=_TO_WRITE,
            lane=Place("Черновик", stopped="Возвращена автору"),
        ),
        Transition(
            verb="take_back",
            label="Забрать на доработку",
            sources=(S.SCHOOL_REVIEW,),
            target=S.RETURNED_SCHOOL,
            rule=access.can_submit_practice,
            quiet=True,
            page="school_practices:practice",
            journal="Автор забрал практику на доработку",
            said="Практика снова у авторов. Поправьте её и отдайте ещё раз.",
            told=s.authors_told("take_back"),
            baton=_TO_WRITE,
            lane=Place("Черновик", stopped="Возвращена автору"),
            seed="6.1 ШМО(9)",
        ),
        Transition(
            verb="accept",
            label="Принять в банк школы",
            sources=(S.SCHOOL_REVIEW,),
            target=S.SCHOOL_BANK,
            rule=access.can_review_practice,
            guards=(s.REVIEWED, s.GOOD),
            changes=(s.sum_up, s.count_finds),
            journal="Практика принята в банк школы",
            said="Практика принята в банк школы. Эстафета у директора.",
            told=s.authors_told("accept"),
            baton=Baton("за директором", "решить, передавать ли городу"),
            lane=Place("Банк школы"),
            paper="T-36",
        ),
        Transition(
            verb="reject",
            label="Не принимать практику",
            sources=(S.SCHOOL_REVIEW,),
            target=S.REJECTED_SCHOOL,
            rule=access.can_review_practice,
            guards=(s.REVIEWED,),
            needs_comment=True,
            quiet=True,
            final="Непринятую практику не доработать. Если в ней стоит что-то поправить, лучше верните её "
            "автору.",
            journal="Практика не принята школой",
            said="Практика не принята. Авторы узнают об этом и прочитают почему.",
            told=s.authors_told("reject"),
            baton=no_baton("Непринятую практику не доработать: пишут другую."),
            lane=Place("Оценка в школе", stopped="Не принята школой"),
        ),
        Transition(
            verb="hand_over",
            label="Передать в город",
            sources=(S.SCHOOL_BANK,),
            target=S.SENDING,
            rule=access.can_hand_over_practice,
            guards=(s.CONSENTS, s.ANSWERED),
            changes=(s.count_submission,),
            follows=(s.send_to_city,),
            page="school_practices:hand_over",
            journal="Практика передана в город",
            said="Передано. Эстафета у методического отдела города.",
            told=s.authors_told("hand_over"),
            baton=_WITH_CITY,
            lane=_SENT,
            paper="T-35",
            seed="4.2(5)",
        ),
        Transition(
            verb="resubmit",
            label="Передать исправленную",
            sources=(S.RETURNED_MUNICIPAL, S.RENEWING),
            target=S.SENDING,
            rule=access.can_hand_over_practice,
            guards=(s.COMPLETE, s.NO_PUPILS, s.REMARKS, s.CONSENTS, s.ANSWERED, s.ONCE_MORE),
            changes=(s.next_revision, s.count_submission),
            follows=(s.freeze_text, s.send_to_city, s.close_questions),
            page="school_practices:hand_over",
            journal="Исправленная практика передана в город",
            said="Передано. Эстафета у методического отдела города.",
            told=s.authors_told("resubmit"),
            baton=_WITH_CITY,
            lane=_SENT,
            paper="T-35",
        ),
        Transition(
            verb="renew",
            label="Написать новую редакцию",
            sources=(S.PUBLISHED,),
            target=S.RENEWING,
            rule=access.can_submit_practice,
            changes=(s.begin_anew, s.count_finds),
            quiet=True,
            page="school_practices:practice",
            journal="Авторы пишут новую редакцию",
            said="Правьте текст. В банке города стоит прежняя редакция, пока новую не опубликуют.",
            told=s.authors_told("renew"),
            baton=Baton("за авторами и директором", "дописать и передать в город"),
            lane=Place("В банке города", stopped="Готовится новая редакция"),
        ),
        Transition(
            verb="keep_former",
            label="Оставить прежнюю редакцию",
            sources=(S.RENEWING,),
            target=S.PUBLISHED,
            rule=access.can_submit_practice,
            changes=(s.restore_text,),
            follows=(s.keep_words_again,),
            quiet=True,
            page="school_practices:practice",
            final="Написанное в новой редакции пропадёт: вернётся текст, который стоит в банке города.",
            journal="Авторы оставили прежнюю редакцию",
            said="Прежняя редакция остаётся. Её текст снова здесь.",
            told=s.authors_told("keep_former"),
            baton=no_baton("Практика в банке, ждать больше нечего."),
            lane=Place("В банке города"),
        ),
        Transition(
            verb="recall",
            label="Отозвать из города",
            sources=RECALLABLE,
            target=S.RECALLED,
            rule=access.can_recall_practice,
            needs_comment=True,
            follows=(s.forget_names_in_letter, s.send_recall),
            quiet=True,
            journal="Практика отозвана из города",
            said="Практика отозвана: город её больше не покажет. Её текст и файлы остались в школе.",
            told=s.authors_told("recall"),
            baton=no_baton("Ждать нечего. Авторы могут вернуть её в черновики."),
            lane=Place("Принята городом", stopped="Отозвана школой"),
        ),
        Transition(
            verb="again",
            label="Вернуть в черновики",
            sources=(S.RECALLED, S.ARCHIVED),
            target=S.DRAFT,
            rule=access.can_submit_practice,
            changes=(s.begin_anew, s.forget_number),
            quiet=True,
            page="school_practices:practice",
            journal="Практика возвращена в черновики",
            said="Практика снова у авторов. Её оценят в школе, и директор решит, передавать ли городу.",
            told=s.authors_told("again"),
            baton=_TO_WRITE,
            lane=Place("Черновик"),
        ),
        *(_answered(S(state)) for state in MIRROR),
    ),
)
