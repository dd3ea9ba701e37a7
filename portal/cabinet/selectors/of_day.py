"""The figures of the school on any day, as they are known today, and what is not known of the day."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from portal.core import clock
from portal.core.school_year import SchoolYear
from portal.mentor_bank.models import CardStage, MenteeNeed, MentorCard, NeedStage
from portal.mentor_bank.selectors.figures import open_needs, ready_mentors
from portal.mentor_bank.states import MentoringForm
from portal.mentoring.models import Pair
from portal.mentoring.models.stages import PairStage
from portal.mentoring.selectors.figures import coverage, people_by_age, young_with_mentor
from portal.municipality.indicators import Share
from portal.pair_work.models import Programme, ProgrammeStage
from portal.pair_work.selectors.figures import running_programmes
from portal.staff.models.young import city_years, young_years
from portal.staff.selectors.of_day import known_since, unborn_on, undated_on, unstated_on
from portal.ui.words import plural
from tenants.stages import Stage

UNKNOWN = "нет данных"


def figures_on(day: dt.date) -> list[tuple[str, str]]:
    """Each by the function that counts it everywhere; nobody to count is no 0 %."""
    found = coverage(day)
    young = Share(found["young_covered"], found["young_total"])
    people = Share(found["involved"], found["workers"])
    forms = [(f"Из них {label}", str(found["pairs_by_form"][code])) for code, label in MentoringForm.choices]
    return [
        ("Работают в школе", str(people.whole) if people.whole else UNKNOWN),
        ("Молодые педагоги", str(young.whole) if people.whole else UNKNOWN),
        ("Из них с наставником", _share(young, "молодых педагогов нет")),
        *_by_city(day),
        ("Участвуют в наставничестве", _share(people, UNKNOWN)),
        ("Действующие пары и группы", str(found["active_pairs"])),
        *forms,
        *_of_bank(day),
        *((capfirst(label), str(count)) for label, count in people_by_age(day)),
    ]


def _of_bank(day: dt.date) -> list[tuple[str, str]]:
    """What is counted by the states of the day; where nobody has kept them, nothing is known."""
    return [
        ("Подтверждённые наставники", _number(ready_mentors(day), CardStage, MentorCard, day)),
        ("Потребности, которые ждут наставника", _number(open_needs(day), NeedStage, MenteeNeed, day)),
        ("Программы, которые выполняются", _number(running_programmes(day), ProgrammeStage, Programme, day)),
    ]


def _number(rows: QuerySet[Any], stage: type[Stage], model: type[Any], day: dt.date) -> str:
    """No 0 where only what is known was counted."""
    found = rows.count()
    if found or day >= clock.today():
        return str(found)
    since = known_since()
    is_before = since is None or day < since
    return UNKNOWN if is_before or stage.unkept(model.objects.all(), day).exists() else "0"


KEPT: tuple[tuple[type[Stage], type[Any]], ...] = (
    (CardStage, MentorCard),
    (NeedStage, MenteeNeed),
    (ProgrammeStage, Programme),
)


def _by_city(day: dt.date) -> list[tuple[str, str]]:
    """Where the school's own term is shorter: what goes to the city is another number."""
    years = young_years(day)
    if years == city_years():
        return []
    young = young_with_mentor(day, by_city=True)
    title = f"Молодые по сроку города (до {city_years()} {plural(city_years(), 'года,лет,лет')})"
    return [(title, f"{young.whole}, с наставником {young.part}. Эти числа уходят в город")]


def _share(share: Share, nobody: str) -> str:
    return f"{share.part} из {share.whole}" if share.whole else nobody


def unknown_on(day: dt.date) -> list[str]:
    """What nobody has written down, so that the figures of the day may be other ones. Eight queries."""
    said, since = [], known_since()
    if since is not None and day < since:
        said.append(f"Список ведут в портале с {since:%d.%m.%Y}: о тех, кто ушёл раньше, нет данных.")
    if undated_on(day).exists():
        said.append("У кого-то не внесён день приёма: портал считает, что эти люди работали и тогда.")
    if unstated_on(day).exists():
        said.append("У кого-то не назван стаж: молодыми этих людей портал не считает.")
    if unborn_on(day).exists():
        said.append("У кого-то не внесена дата рождения: ни в какой возраст этих людей портал не считает.")
    return said + (_lost_states(day) if day < clock.today() else [])


def _lost_states(day: dt.date) -> list[str]:
    """Whose state of a past day nobody has kept."""
    said = []
    if Pair.objects.filter(~PairStage.has_any(), started_on__lte=day).exists():
        said.append("Состояния некоторых пар в тот день не внесены: портал судит по их датам.")
    if any(stage.unkept(model.objects.all(), day).exists() for stage, model in KEPT):
        said.append(
            "Состояния некоторых карточек, потребностей и программ в тот день не внесены: их нет в счёте."
        )
    return said


def days_to_ask() -> list[tuple[str, dt.date]]:
    """Days that are asked for most: ends and beginnings of school years."""
    year = SchoolYear.current().first
    days = [dt.date(year, 5, 31), dt.date(year, 8, 31), dt.date(year, 9, 1), dt.date(year, 12, 31)]
    return [(f"{day:%d.%m.%Y}", day) for day in days if day < clock.today()]
