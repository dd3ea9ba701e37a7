"""«Новый учебный год»: what the turn of the year asks of the curator, section by section, each thing with its
proposal. All of it is derived: what is done is gone from here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.text import capfirst

from portal.accounts.offices import Office
from portal.core.actor import Actor
from portal.core.counting import Rows, how_many
from portal.core.school_year import Turn
from portal.mentor_bank.models import MenteeNeed, MentorCard
from portal.mentor_bank.selectors.turning import cards_to_reconfirm, needs_to_renew
from portal.mentoring.models import Pair, PairMentee
from portal.mentoring.selectors.turning import pairs_at_their_day
from portal.mentoring.states import WORKING, PairState
from portal.pair_work.ending import done
from portal.staff.models import Person, PersonOffice
from portal.staff.selectors import turning
from portal.staff.selectors.offices import ending_soon
from portal.ui.parts import Concern, Press
from portal.ui.words import plural
from tenants.links import link

SHOWN = 15
"""So many of a section are shown at once; what is done makes place for the next ones."""


@dataclass(frozen=True)
class Section:
    """A part of the page: how many things it has, the first of them, and what is said when there is none."""

    key: str
    short: str
    title: str
    lead: str
    nothing: str
    count: int
    items: list[Concern] = field(default_factory=list)
    asks: bool = True
    """Something is to be done; otherwise it is told only."""

    @property
    def rest(self) -> int:
        return max(self.count - len(self.items), 0)

    @property
    def jump(self) -> tuple[str, str]:
        return (f"{self.short}: {self.count}", f"#{self.key}")


def to_do(turn: Turn) -> Rows:
    """What waits for a decision, section by section."""
    return {
        "year pairs": pairs_at_their_day(turn.day),
        "year needs": needs_to_renew(turn),
        "year offices": ending_soon(),
        "year cards": cards_to_reconfirm(turn),
        "year service": turning.without_service(turn.day),
    }


def numbers(turn: Turn) -> Rows:
    """The same for the home page, and whether the list of people has been looked at."""
    return {**to_do(turn), "year list": turning.list_was_read(turn)}


def sections(turn: Turn, by: Actor) -> list[Section]:
    """A constant number of queries: the numbers by one, then the first things of each section."""
    found = how_many({**to_do(turn), "grown": turning.grown_up(turn)})
    return [
        _of_young(turn, found["grown"]),
        _of_pairs(turn, found["year pairs"]),
        _of_needs(turn, found["year needs"]),
        _of_cards(turn, found["year cards"]),
        _of_offices(by, found["year offices"]),
        _of_service(turn, by, found["year service"]),
    ]


def _of_young(turn: Turn, count: int) -> Section:
    return Section(
        "young",
        "Молодые",
        "Больше не молодые педагоги",
        "Потребность и пара остаются до своего дня. В числе молодых этих людей больше не считают.",
        "Из молодых педагогов за год никто не вышел.",
        count,
        [_grown(person, turn) for person in _with_pairs(turning.grown_up(turn)[:SHOWN])] if count else [],
        asks=False,
    )


def _of_pairs(turn: Turn, count: int) -> Section:
    return Section(
        "pairs",
        "Пары",
        "Пары, у которых подходит или вышел срок",
        "Пару завершают, продлевают или заканчивают. После последнего дня её не считают действующей.",
        "Срок ни у одной пары не вышел и в ближайший месяц не выйдет.",
        count,
        [_pair(pair, turn) for pair in _pairs(turn)] if count else [],
    )


def _of_needs(turn: Turn, count: int) -> Section:
    return Section(
        "needs",
        "Потребности",
        "Потребности, которые пора подтвердить",
        "Не реже раза в год потребность подтверждают (Положение, 6.1). Если всё как было, хватит одного "
        "нажатия.",
        "Все открытые потребности подтверждены.",
        count,
        [_need(need) for need in needs_to_renew(turn)[:SHOWN]] if count else [],
    )


def _of_cards(turn: Turn, count: int) -> Section:
    return Section(
        "cards",
        "Наставники",
        "Наставники, которых пора подтвердить",
        "Кто готов вести пары и в этом году. Пока не подтвердите, карточка действует по прежнему слову.",
        "Все карточки наставников подтверждены.",
        count,
        [_card(card) for card in cards_to_reconfirm(turn)[:SHOWN]] if count else [],
    )


def _of_offices(by: Actor, count: int) -> Section:
    return Section(
        "offices",
        "Должности",
        "Должности в портале, у которых кончается срок",
        "После последнего дня прав не будет. Новый срок даёт директор.",
        "В ближайшие недели ни одна должность не заканчивается.",
        count,
        [_office(held, by) for held in ending_soon()[:SHOWN]] if count else [],
    )


def _of_service(turn: Turn, by: Actor, count: int) -> Section:
    people = turning.without_service(turn.day)[:SHOWN] if count else []
    return Section(
        "service",
        "Стаж",
        "Стаж не назван",
        "Пока стаж не назван, портал не знает, молодой ли это педагог, и не считает его молодым.",
        "Стаж назван у всех.",
        count,
        [_unstated(person, by) for person in people],
    )


def _pairs(turn: Turn) -> Iterable[Pair]:
    return pairs_at_their_day(turn.day).annotate(is_done=done()).with_names()[:SHOWN]


def _pair(pair: Pair, turn: Turn) -> Concern:
    """Completed by the principal when its work is done; else it goes on or comes to its results."""
    url, is_over = link("cabinet:pair", pair.uuid), pair.planned_to < turn.day
    word = "срок вышел" if is_over else f"до {pair.planned_to:%d.%m.%Y}"
    kind = "bad" if is_over else "warn"
    if pair.is_done:  # type: ignore[attr-defined]
        why = "Программа завершена, итоги подведены. Пару завершит директор."
        return Concern(pair.title, why, url, "Открыть пару", word, kind, icon="flag")
    if pair.state == PairState.SUSPENDED:
        why = "Пара на паузе. Возобновите её или закончите: на паузе срок не продлевают."
        return Concern(pair.title, why, url, "Открыть пару", word, kind, icon="pause-circle")
    if not pair.may_be_longer:
        why = "Дольше порядок школы не разрешает. Подведите итоги и завершите пару или предложите новую."
        return Concern(pair.title, why, url, "Открыть пару", word, kind, icon="people")
    why = (
        "Итоги ещё не подведены. Продлите пару, если работа продолжается, или подведите итоги и завершите её."
    )
    extend = link("mentoring:pair_extend", pair.uuid)
    return Concern(pair.title, why, url, "Продлить", word, kind, icon="people", do_url=extend)


def _need(need: MenteeNeed) -> Concern:
    return Concern(
        need.person.short_name,
        need.request[:140],
        link("mentor_bank:need", need.uuid),
        "Изменить",
        f"подтверждена {need.actualised_on:%d.%m.%Y}",
        icon="person-raised-hand",
        press=_press("need", need),
        do_url=link("mentor_bank:need_edit", need.uuid),
    )


def _card(card: MentorCard) -> Concern:
    return Concern(
        card.person.short_name,
        card.confirmed_results[:140],
        link("mentor_bank:card", card.uuid),
        "Открыть карточку",
        f"слово куратора {card.curator_word_on:%d.%m.%Y}",
        icon="person-badge",
        press=_press("card", card),
    )


def _press(what: str, row: MenteeNeed | MentorCard) -> Press:
    fields = {"version": str(row.version)}
    return Press("Подтвердить", link("cabinet:year_confirm", what, row.uuid), fields)


def _office(held: PersonOffice, by: Actor) -> Concern:
    title = f"{capfirst(Office(held.office).label)}: {held.person.short_name}"
    url, word = link("staff:office", held.uuid), f"до {held.valid_to:%d.%m.%Y}"
    if held.office == Office.CURATOR:
        why = "Куратора назначает приказ: для нового срока нужен новый."
        return Concern(title, why, url, "Открыть", word, icon="person-check")
    if not by.can("office:give"):
        return Concern(title, "Новый срок даёт директор.", url, "Открыть", word, icon="person-check")
    anew = f"{link('staff:office_new')}?person={held.person.uuid}&office={held.office}"
    why = "Дайте должность на новый срок этому же человеку или другому."
    return Concern(title, why, url, "Дать новый срок", word, icon="person-check", do_url=anew)


def _unstated(person: Person, by: Actor) -> Concern:
    url = link("staff:person", person.uuid)
    why = f"{capfirst(person.position_title)}." if person.position_title else ""
    if not by.can("person:edit"):
        why = f"{why} Стаж впишет тот, кто ведёт список.".strip()
        return Concern(person.full_name, why, url, "Открыть", "нет данных", icon="hourglass")
    edit = link("staff:edit", person.uuid)
    return Concern(person.full_name, why, url, "Назвать стаж", "нет данных", icon="hourglass", do_url=edit)


def _with_pairs(people: QuerySet[Person]) -> list[tuple[Person, dt.date | None]]:
    """Each with the last day of the own pair."""
    shown = list(people)
    rows = PairMentee.objects.filter(mentee__in=shown, pair__state__in=WORKING)
    until = dict(rows.order_by("pair__planned_to").values_list("mentee", "pair__planned_to"))
    return [(person, until.get(person.pk)) for person in shown]


def _grown(found: tuple[Person, dt.date | None], turn: Turn) -> Concern:
    person, until = found
    years = person.work.service(turn.judged_on) if person.work else None
    full = int(years or 0)
    said = f"На {turn.judged_on:%d.%m.%Y} стаж {full} {plural(full, 'год,года,лет')}."
    pair = f" Пара остаётся до {until:%d.%m.%Y}." if until else ""
    url = link("staff:person", person.uuid)
    return Concern(
        person.full_name, said + pair, url, "Открыть", "больше не молодой", "idle", icon="mortarboard"
    )


@dataclass(frozen=True)
class Group:
    """People who came, left or changed: each with a word."""

    title: str
    nothing: str
    people: list[tuple[Person, str]]


def groups(turn: Turn) -> list[Group]:
    """The list of people against that of a year ago. Nine queries beside the periods."""
    return [
        Group("Пришли", "Новых людей нет.", [(one, _since(one)) for one in turning.came(turn)]),
        Group("Ушли", "Никто не ушёл.", [(one, _until(one)) for one in turning.left(turn)]),
        Group(
            "Изменилось",
            "В карточках ничего не менялось.",
            [(person, ", ".join(words)) for person, words in turning.changed(turn)],
        ),
    ]


def _since(person: Person) -> str:
    return f"с {person.hired_on:%d.%m.%Y}" if person.hired_on else "день приёма не назван"


def _until(person: Person) -> str:
    return f"по {person.dismissed_on:%d.%m.%Y}" if person.dismissed_on else ""
