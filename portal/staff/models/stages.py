"""What somebody did, and which category somebody had, on any day (docs/adr/0040)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from portal.core import clock
from portal.core.errors import Invalid
from portal.core.once import once_a_page
from portal.core.privacy import Privacy, along, ordinary, plain
from portal.core.school_year import SchoolYear, Turn
from portal.staff.models.employments import LABOUR, Employment, Position
from portal.staff.states import Category
from tenants.stages import Since


@dataclass(frozen=True, kw_only=True)
class Dating:
    """From which day what is typed of somebody's work holds: since today, where no day is said. A mistake
    that is mended has been so all the time.
    """

    since: dt.date | None = None
    is_mistake: bool = False

    def check(self, period: Employment) -> None:
        """The day has come, and lies within the period. Raises Invalid at `work_since`."""
        if self.since is None:
            return
        if self.since > clock.today():
            said = "Этот день ещё не наступил: смену работы и новую должность записывают в их день или позже."
            raise Invalid("not_yet", said, "work_since")
        if not period.holds(self.since):
            said = f"Человек работает здесь {period.words}. Проверьте дату."
            raise Invalid("out_of_work", said, "work_since")

    def told(self, fields: list[str] | None = None) -> dict[str, list[str]]:
        """What the journal says: which fields are others, and since which day."""
        said = {"fields": fields} if fields else {}
        return {**said, "since": ["", f"{self.since:%d.%m.%Y}"]} if self.since else said


SINCE_TODAY = Dating()
Change = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""All posts of a period before and after."""


class Held(NamedTuple):
    """The category of a card, its day and its term."""

    category: str
    on: dt.date | None
    until: dt.date | None

    @classmethod
    def of(cls, person: Any) -> "Held":
        return cls(person.category, person.category_on, person.category_until)


def kept_posts(posts: Iterable[Position]) -> list[dict[str, Any]]:
    """As a stage keeps them."""
    return [
        {
            "position": post.position,
            "kind": str(post.kind),
            "subjects": list(post.subjects),
            "rate": f"{Decimal(post.rate):.2f}",
            "hours_week": post.hours_week,
        }
        for post in posts
    ]


def with_change(
    posts: Iterable[dict[str, Any]], was: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Posts of another day, with what of `was` has become another in `now`; all else of that day stays."""
    before, after = ({post["position"]: post for post in kept} for kept in (was, now))
    found = {post["position"]: post for post in posts}
    for code, post in after.items():
        if code in before and code in found:
            found[code] = found[code] | {
                name: said for name, said in post.items() if said != before[code][name]
            }
        elif post != before.get(code):
            found[code] = post
    places = {code: place for place, code in enumerate(after)}
    held = [code for code in found if code in after or code not in before]
    return [found[code] for code in sorted(held, key=lambda code: places.get(code, len(places)))]


Mistakes = dict[str, dict[str, tuple[Any, Any]]]
"""By the code of a position, each thing that was said wrongly of it: what was said, and what is right."""


def said_wrongly(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> Mistakes:
    """A position of which even the code was wrong stands at the place of the right one."""
    right = {post["position"]: post for post in now}
    gone = [post for post in was if post["position"] not in right]
    come = [post for code, post in right.items() if code not in {post["position"] for post in was}]
    pairs = [(post, right[post["position"]]) for post in was if post["position"] in right]
    return {
        said["position"]: {name: (said[name], true[name]) for name in true if said[name] != true[name]}
        for said, true in (*pairs, *zip(gone, come, strict=False))
    }


def mistakes_in(posts: list[dict[str, Any]], mistakes: Mistakes) -> Mistakes:
    """Those of the mistakes that stand there, too."""
    held = {post["position"]: post for post in posts}
    return {
        code: {name: pair for name, pair in said.items() if held[code][name] == pair[0]}
        for code, said in mistakes.items()
        if code in held
    }


def known_from(period: Employment) -> dt.date:
    """Since which day its posts are known when it is written down: of whoever was hired for this school year,
    or for a later one, since the hiring; else since today. What somebody hired long ago did at first, a list
    of today does not say.
    """
    today, since = clock.today(), period.started_on
    return since if since is not None and Turn(since).year >= SchoolYear.of(today) else today


class WorkStage(Since):
    """All positions of a period of work from this day on: subjects, rate and hours of each, the first one
    first.
    """

    privacy = Privacy(subjects=(), basis=LABOUR, keep=along("employment", "Как дело сотрудника"))
    of = "employment"

    employment = models.ForeignKey(
        Employment, on_delete=models.CASCADE, related_name="stages", verbose_name="работа в школе"
    )
    posts = plain(models.JSONField("должности", default=list))

    class Meta:
        verbose_name = "должности по дням"
        ordering = ["started_on"]
        constraints = [
            models.UniqueConstraint(fields=["employment", "started_on"], name="work_stage_once_a_day")
        ]

    @classmethod
    def keep(
        cls, period: Employment, dating: Dating = SINCE_TODAY, *, by: UUID | None, about: str = ""
    ) -> None:
        """What the person does in the period by now. What was written down today is mended by what is said of
        it today. `about`: the one position of which a day is said, where it has stayed as it was.
        """
        last = cls.last_of(period)
        posts = kept_posts(period.positions.order_by("pk"))
        if last is None:
            cls.lay(period, dating.since or known_from(period), by=by, posts=posts)
        elif dating.is_mistake:
            cls._mend_mistake(period, last.posts, posts)
        elif dating.since is None and last.is_of_today:
            cls.mend(period)
        elif dating.since or last.posts != posts:
            today = clock.today()
            since = dating.since or max(period.started_on or today, today)
            was = last.posts
            if was == posts and about:
                was = [post for post in posts if post["position"] != about]
            cls._change(period, since, (was, posts), by=by)

    @classmethod
    def _change(cls, period: Employment, since: dt.date, change: Change, *, by: UUID | None) -> None:
        """What has become another is so from the day on, also on later days that are known; the rest of these
        stays. Where nothing has, all of it has been so since the day.
        """
        was, posts = change
        known = cls.objects.filter(employment=period)
        later = list(known.filter(started_on__gt=since).order_by("started_on"))
        if not later or was == posts:
            cls.lay(period, since, by=by, posts=posts)
            return
        held = known.filter(started_on__lte=since).order_by("-started_on").first() or later[0]
        before = with_change(held.posts, was, posts)
        cls.put(period, since, by=by, posts=before)
        for one in later:
            earlier, before = before, with_change(one.posts, was, posts)
            if before == earlier:
                one.delete()
            else:
                one.posts = before
                one.save_change("posts")

    @classmethod
    def mend(cls, period: Employment) -> None:
        """What was said last of the period, where anything was, is as the period is now."""
        last, posts = cls.last_of(period), kept_posts(period.positions.order_by("pk"))
        if last is not None and last.posts != posts:
            last.posts = posts
            last.save_change("posts")

    @classmethod
    def _mend_mistake(cls, period: Employment, was: list[dict[str, Any]], now: list[dict[str, Any]]) -> None:
        """What was said wrongly of a position is mended on the last of the known days, and back as far as it
        was said the same: another position that came later does not part a mistake from its past.
        """
        mistakes = said_wrongly(was, now)
        for one in cls.objects.filter(employment=period).order_by("-started_on"):
            mistakes = mistakes_in(one.posts, mistakes)
            if not any(mistakes.values()):
                return
            one.posts = [
                post | {name: right for name, (_, right) in mistakes.get(post["position"], {}).items()}
                for post in one.posts
            ]
            one.save_change("posts")

    @classmethod
    def forget(cls, period: Employment, position: str) -> None:
        """The period never had it."""
        for one in cls.objects.filter(employment=period):
            one.posts = [post for post in one.posts if post["position"] != position]
            one.save_change("posts")

    @classmethod
    def follow_start(cls, period: Employment, was: dt.date | None) -> None:
        """The first day of the period is mended, and what was known since it is so since the new one."""
        known, first = known_from(period), cls.objects.filter(employment=period, started_on=was).first()
        earlier = cls.objects.filter(employment=period, started_on__lte=known)
        if was is not None and first is not None and known < was and not earlier.exists():
            first.started_on = known
            first.save_change("started_on")

    @property
    def is_of_today(self) -> bool:
        """It was written down today, whatever day it is of."""
        return clock.local(self.created_at).date() == clock.today()

    @property
    def positions(self) -> list[Position]:
        """The same as rows that know their titles; they are nobody's and not to be saved."""
        return [Position(**{**post, "rate": Decimal(post["rate"])}) for post in self.posts]


@once_a_page
def known_posts(day: dt.date) -> dict[int, list[Position]]:
    """What everybody did on the day, by the period of work, where it was written down: one question a page,
    whoever is asked about.
    """
    return {row.employment_id: row.positions for row in WorkStage.of_day(day)}


class CategoryStage(Since):
    """The category of somebody from this day on, and its last day where it has a term. Before the first row
    of whoever came without one there is none.
    """

    privacy = Privacy(subjects=("person",), basis=LABOUR, keep=along("person", "Как дело сотрудника"))
    of = "person"

    person = models.ForeignKey(
        "staff.Person",
        on_delete=models.CASCADE,
        related_name="category_stages",
        verbose_name="сотрудник",
    )
    category = ordinary(models.CharField("категория", max_length=16, choices=Category.choices))
    until_on = ordinary(models.DateField("действует по", null=True, blank=True))

    class Meta:
        verbose_name = "категория по дням"
        ordering = ["started_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "started_on"], name="category_stage_once_a_day")
        ]

    @classmethod
    def keep(cls, person: Any, dating: Dating = SINCE_TODAY, *, was: Held, by: UUID | None) -> None:
        """The category as the card says it by now; `was`: as it said before. A day that has stayed is the
        former category's, not the new one's.
        """
        last = cls.last_of(person)
        is_other = person.category != was.category and not dating.is_mistake
        own_day = None if is_other and person.category_on == was.on else person.category_on
        since = own_day or dating.since or cls._since_when(person, last, dating)
        if last is not None and (dating.is_mistake or last.is_mended_by(person, was.on)):
            last.delete()
        if last is None and is_other and was.category != Category.NONE:  # of before the days were kept
            came = clock.local(person.created_at).date()
            cls.lay(person, was.on or came, by=by, category=was.category, until_on=was.until)
        cls.lay(person, since, by=by, category=person.category, until_on=person.category_until)

    @staticmethod
    def _since_when(person: Any, last: "CategoryStage | None", dating: Dating) -> dt.date:
        """Where no day is said: another category since today, the same one since it was."""
        if last is not None and (dating.is_mistake or last.category == person.category):
            return last.started_on
        return clock.local(person.created_at).date() if dating.is_mistake else clock.today()

    def is_mended_by(self, person: Any, was_on: dt.date | None) -> bool:
        """The same category with another day: its day was wrong, unless its term was over by then."""
        is_same = self.category == person.category and self.started_on == was_on
        given_anew = self.until_on and person.category_on and self.until_on < person.category_on
        return is_same and not given_anew

    @property
    def words(self) -> str:
        """«первая, по 28.12.2028»."""
        label = str(Category(self.category).label)
        return f"{label}, по {self.until_on:%d.%m.%Y}" if self.until_on else label
