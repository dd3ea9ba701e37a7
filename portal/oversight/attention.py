"""«Требуют внимания»: what, why, how urgent, and the one thing to do. Two queries of its own, however many schools there are."""

from dataclasses import dataclass

from django.urls import reverse

from portal.accounts.models import Membership
from portal.accounts.offices import Office
from portal.core import clock
from portal.core.actor import Actor
from portal.municipality.indicators import COUNTERS
from portal.municipality.states import ReceivedState
from portal.oversight.selectors import FRESH, Overview, SchoolLine
from portal.ui.parts import Concern
from portal.ui.words import plural
from tenants.models import School, SchoolOpening, SchoolState

SOON_DAYS = 14
NAMED = 6
_LED = (Office.PRINCIPAL, Office.CURATOR)


def concerns(view: Overview, by: Actor) -> list[Concern]:
    """The urgent first, then by number as schools stand in the table; a school has its most urgent reason only."""
    offices = _offices_held()
    found = [_stopped_opening(opening.school) for opening in SchoolOpening.objects.exclude(trouble="").select_related("school").order_by("school__number")]
    found += [concern for line in view.lines if (concern := _of_form(line, view, by) or _of_people(line, offices) or _of_silence(line))]
    found += _not_handed_over_yet(view, by)
    return sorted(found, key=lambda concern: concern.kind != "bad")


@dataclass(frozen=True)
class Held:
    """Which of the leading offices somebody holds in each school today, and the last day of those who held them before."""

    now: frozenset[tuple[int, str]]
    until: dict[tuple[int, str], str]


def _offices_held() -> Held:
    rows = list(Membership.objects.filter(office__in=_LED).exclude(school=None).values_list("school_id", "office", "valid_from", "valid_to"))
    today = clock.today()
    now = frozenset((school, office) for school, office, start, end in rows if start <= today and (end is None or end >= today))
    ended = sorted((end, school, office) for school, office, _, end in rows if end is not None and end < today)
    return Held(now, {(school, office): f"{end:%d.%m.%Y}" for end, school, office in ended})


def _card(school: School) -> str:
    return reverse("municipality:school", args=[school.uuid])


def _stopped_opening(school: School) -> Concern:
    why = "Ничего лишнего не создано: школу можно открыть ещё раз."
    return Concern(f"{school.short_name}: открытие остановилось", why, _card(school), "Открыть карточку школы", "срочно", "bad", "exclamation-octagon")


def _of_form(line: SchoolLine, view: Overview, by: Actor) -> Concern | None:
    """A form that is overdue, or was returned and is with the school again."""
    name, campaign = line.school.short_name, view.campaign
    if campaign is not None and line.form_state == "missing" and campaign.due_school < clock.today():
        late = (clock.today() - campaign.due_school).days
        why = f"«{campaign.title}»: срок был {campaign.due_school:%d.%m.%Y}. Форму сдаёт директор."
        title = f"{name}: форма не сдана, {late} {plural(late, 'день,дня,дней')} после срока"
        return Concern(title, why, _campaign(view, by), "Кто ещё не сдал", "срочно", "bad", "clipboard-x", line.school.uuid, "форма просрочена")
    if line.form is not None and line.form.state == ReceivedState.RETURNED:
        since = clock.local(line.form.checked_at or line.form.updated_at)
        url = reverse("municipality:received_form", args=[line.form.uuid]) if by.can("received_form:read") else _handed_over(line.school)
        why = f"Эстафета у школы с {since:%d.%m.%Y}: она поправит и сдаст ещё раз."
        return Concern(
            f"{name}: форма возвращена с замечаниями",
            why,
            url,
            "Прочитать замечания",
            "внимание",
            "warn",
            "arrow-counterclockwise",
            line.school.uuid,
            "форма возвращена",
        )
    return None


def _campaign(view: Overview, by: Actor) -> str:
    if view.campaign is None or not by.can("received_form:read"):
        return f"{reverse('oversight:city')}?form=missing"
    return reverse("municipality:campaign", args=[view.campaign.uuid])


def _handed_over(school: School) -> str:
    return reverse("oversight:school", args=[school.uuid])


def _not_handed_over_yet(view: Overview, by: Actor) -> list[Concern]:
    """One line for all who have not handed the form over when its term is near."""
    waiting = [line.school.short_name for line in view.lines if line.form_state == "missing"]
    if view.campaign is None or not waiting or not 0 <= (view.campaign.due_school - clock.today()).days <= SOON_DAYS:
        return []
    rest = len(waiting) - NAMED
    names = ", ".join(waiting[:NAMED]) + (f" и ещё {rest}" if rest > 0 else "")
    title = f"Форму пока не сдали {len(waiting)} {plural(len(waiting), 'школа,школы,школ')} из {len(view.asked)}"
    why = f"{names}. Срок «{view.campaign.title}» {view.campaign.due_school:%d.%m.%Y}."
    return [Concern(title, why, _campaign(view, by), "Кто ещё не сдал", "внимание", "warn", "clipboard")]


def _of_people(line: SchoolLine, offices: Held) -> Concern | None:
    """Nobody leads the mentoring of the school: its principal or its curator has not joined, or has left."""
    school = line.school
    if school.state == SchoolState.SUSPENDED:
        return None
    for office, who, before in ((Office.PRINCIPAL, "директора", "директор"), (Office.CURATOR, "куратора", "куратор")):
        if (school.pk, office) in offices.now:
            continue
        since = offices.until.get((school.pk, office))
        works = school.state == SchoolState.ACTIVE
        why = f"Прежний {before} был до {since}." if since else f"Школа подключена, а {before} в портал ещё не вошёл."
        title = f"{school.short_name}: нет {who}" + (f" после {since}" if since else "")
        urgent = ("срочно", "bad") if works else ("внимание", "warn")
        return Concern(title, why, _card(school), "Открыть карточку школы", *urgent, "person-x", school.uuid, f"нет {who}")
    return None


def _of_silence(line: SchoolLine) -> Concern | None:
    """Agreed numbers that have stopped coming."""
    agreed = set(line.school.agreed_counters) & set(COUNTERS)
    fresh = line.counters is not None and line.counters.counted_on >= clock.today() - FRESH
    if not agreed or line.school.state != SchoolState.ACTIVE or fresh:
        return None
    why = f"Последний раз пришли {line.counters.counted_on:%d.%m.%Y}." if line.counters else "Согласованные числа ещё не приходили."
    return Concern(
        f"{line.school.short_name}: чисел нет",
        why,
        _handed_over(line.school),
        "Что школа передала",
        "внимание",
        "warn",
        "bar-chart",
        line.school.uuid,
        "числа не приходят",
    )
