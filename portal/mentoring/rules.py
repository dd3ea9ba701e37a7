"""What makes a proposal sound: form, kinds, load (Положение 5.1–5.4; domain.md §1, §3.3, §6.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from portal.core import clock
from portal.core.errors import Invalid
from portal.mentor_bank.models import MentorCard, MentoringSettings
from portal.mentor_bank.states import MentoringForm, MentoringKind
from portal.mentoring.models import Pair
from portal.mentoring.selectors import figures
from portal.mentoring.states import CLOSED_PAIRS
from portal.staff.models import Person

People = Sequence[Person]


@dataclass(frozen=True)
class PairRule:
    """One rule: its code, the field to mend, the sentence, and when it is broken."""

    code: str
    field: str
    sentence: str
    broken: Callable[[Pair, People], bool]


def _kind(pair: Pair, kind: MentoringKind) -> bool:
    return kind in pair.kinds


def _is_principal(person: Person) -> bool:
    return any(position.position == "principal" for position in person.positions)


def _both_in_open_pair(pair: Pair, people: People) -> bool:
    """Whoever mentors whom: what a mentee teaches back is a kind of the same pair (реверсивное)."""
    pks = [person.pk for person in people]
    twins = Q(mentor=pair.mentor, pair_mentees__mentee__in=pks) | Q(
        mentor__in=pks, pair_mentees__mentee=pair.mentor
    )
    return Pair.objects.filter(twins).exclude(state__in=CLOSED_PAIRS).exists()


def _mentor_not_ready(pair: Pair, people: People) -> bool:
    return not MentorCard.objects.ready().filter(person=pair.mentor).exists()


def _no_free_slot(pair: Pair, people: People) -> bool:
    if len(people) > 1:
        return False
    card = MentorCard.objects.ready().filter(person=pair.mentor).first()
    limit = min(card.max_mentees if card else 0, MentoringSettings.here().max_mentees_block)
    return figures.load_of(pair.mentor) >= limit


RULES: tuple[PairRule, ...] = (
    PairRule(
        "no_mentees", "mentees", "Выберите хотя бы одного наставляемого.", lambda pair, people: not people
    ),
    PairRule(
        "too_many_mentees",
        "mentees",
        "В группе может быть не больше 15 наставляемых.",
        lambda pair, people: len(people) > 15,
    ),
    PairRule(
        "self_mentoring",
        "mentor",
        "Человек не может быть наставником самому себе.",
        lambda pair, people: pair.mentor.pk in {p.pk for p in people},
    ),
    PairRule(
        "period",
        "planned_to",
        "Последний день раньше первого.",
        lambda pair, people: pair.planned_to < pair.planned_from,
    ),
    PairRule(
        "period_past",
        "planned_to",
        "Срок пары уже прошёл: выберите день впереди.",
        lambda pair, people: pair.planned_to < clock.today(),
    ),
    PairRule(
        "period_long",
        "planned_to",
        "Это дольше, чем разрешает порядок наставничества школы. Выберите день раньше.",
        lambda pair, people: pair.planned_to > MentoringSettings.here().longest_until(pair.planned_from),
    ),
    PairRule(
        "no_kinds", "kinds", "Выберите хотя бы один вид наставничества.", lambda pair, people: not pair.kinds
    ),
    PairRule(
        "head_as_expert",
        "form",
        "Директор, который наставляет как сильный предметник, работает в форме «педагог — педагог» "
        "(Положение, 5.2).",
        lambda pair, people: pair.subject_as_expert and pair.form != MentoringForm.TEACHER,
    ),
    PairRule(
        "head_form",
        "form",
        "Форма «руководитель — педагог» бывает, когда наставник директор или его заместитель.",
        lambda pair, people: (
            pair.form == MentoringForm.HEAD and not (_is_principal(pair.mentor) or pair.mentor.is_deputy)
        ),
    ),
    PairRule(
        "student_form",
        "form",
        "Форма «работодатель — студент» бывает, когда наставляемый студент.",
        lambda pair, people: (
            pair.form == MentoringForm.EMPLOYER
            and any(person.education_level != "student" for person in people)
        ),
    ),
    PairRule(
        "role_model",
        "role_model",
        "Для формы «педагог — педагог» выберите ролевую модель.",
        lambda pair, people: pair.form == MentoringForm.TEACHER and not pair.role_model,
    ),
    PairRule(
        "role_model_spare",
        "role_model",
        "Ролевая модель бывает только в форме «педагог — педагог».",
        lambda pair, people: pair.form != MentoringForm.TEACHER and bool(pair.role_model),
    ),
    PairRule(
        "group_of_one",
        "kinds",
        "Групповое наставничество начинается с двух наставляемых.",
        lambda pair, people: _kind(pair, MentoringKind.GROUP) and len(people) < 2,
    ),
    PairRule(
        "group_unsaid",
        "kinds",
        "Наставляемых несколько: отметьте вид «групповое».",
        lambda pair, people: not _kind(pair, MentoringKind.GROUP) and len(people) > 1,
    ),
    PairRule(
        "traditional_group",
        "kinds",
        "Традиционное наставничество идёт один на один: уберите «групповое» или «традиционное».",
        lambda pair, people: _kind(pair, MentoringKind.TRADITIONAL) and _kind(pair, MentoringKind.GROUP),
    ),
    PairRule(
        "traditional_selection",
        "selection",
        "Для традиционного наставничества запишите, по каким критериям выбран наставник.",
        lambda pair, people: _kind(pair, MentoringKind.TRADITIONAL) and not pair.selection.strip(),
    ),
    PairRule(
        "short_goal_schedule",
        "schedule",
        "Для краткосрочного наставничества расписание встреч известно заранее: запишите его.",
        lambda pair, people: _kind(pair, MentoringKind.SHORT_GOAL) and not pair.schedule.strip(),
    ),
    PairRule(
        "virtual_channel",
        "channel",
        "Для виртуального наставничества укажите канал связи.",
        lambda pair, people: _kind(pair, MentoringKind.VIRTUAL) and not pair.channel.strip(),
    ),
    PairRule(
        "situational_channel",
        "channel",
        "Для ситуационного наставничества укажите, как обратиться к наставнику.",
        lambda pair, people: _kind(pair, MentoringKind.SITUATIONAL) and not pair.channel.strip(),
    ),
    PairRule(
        "situational_reaction",
        "reaction_hours",
        "Для ситуационного наставничества укажите, за сколько часов наставник отвечает.",
        lambda pair, people: _kind(pair, MentoringKind.SITUATIONAL) and not pair.reaction_hours,
    ),
    PairRule(
        "reverse_topic",
        "mentee_gives",
        "В реверсивном наставничестве учат оба: напишите, чему научат наставника в ответ.",
        lambda pair, people: _kind(pair, MentoringKind.REVERSE) and not pair.mentee_gives.strip(),
    ),
    PairRule(
        "reverse_group",
        "kinds",
        "Реверсивное наставничество идёт один на один.",
        lambda pair, people: _kind(pair, MentoringKind.REVERSE) and len(people) > 1,
    ),
    PairRule(
        "somebody_left",
        "mentees",
        "Кто-то из этих людей уже не работает в школе.",
        lambda pair, people: any(person.has_left for person in (pair.mentor, *people)),
    ),
    PairRule(
        "somebody_away",
        "mentees",
        "Кто-то из этих людей сейчас надолго отсутствует: предложите пару, когда человек вернётся.",
        lambda pair, people: any(person.is_away for person in (pair.mentor, *people)),
    ),
    PairRule(
        "mentor_not_ready", "mentor", "Этот наставник ещё не подтверждён или на паузе.", _mentor_not_ready
    ),
    PairRule(
        "same_pair", "mentees", "У этих людей уже есть открытая пара друг с другом.", _both_in_open_pair
    ),
    PairRule(
        "no_free_slot",
        "mentor",
        "У наставника уже столько наставляемых, сколько он готов вести.",
        _no_free_slot,
    ),
)


def check_pair(pair: Pair, people: People) -> None:
    """Raises Invalid at the field of the first broken rule."""
    for rule in RULES:
        if rule.broken(pair, people):
            raise Invalid(rule.code, rule.sentence, rule.field)
