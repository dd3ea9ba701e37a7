"""Twelve practices on their way: most in the bank, some with the experts, some still in their schools."""

import datetime as dt
import tomllib
from typing import Any

from best_practices import services as city
from best_practices.models import ExpertCandidate, Practice, Review
from best_practices.states import CRITERIA
from portal.core import clock
from portal.demo.cast import BY_KEY, uuid_of
from portal.demo.seeding.acting import Place, actor, moment, paper
from portal.demo.seeding.city import CONTENT, content
from portal.mentoring.models import Pair
from portal.school_practices import access, services
from portal.school_practices.models import SchoolPractice
from portal.staff.models import Employee
from portal.staff.services import consents as personal
from portal.staff.states import ConsentKind
from tenants import post
from tenants.context import in_school

STAGES = ("published",) * 8 + ("recommended", "municipal_review", "school_bank", "school_review")
SCHOOL_COMMENT = (
    "Практика родилась в нашей школе, мы видели её два месяца подряд. Описание совпадает с тем, что было на уроках, результаты посчитаны по журналам. Просим авторов оставить раздел о трудностях таким же "
    "подробным: по нему мы сами поняли, где ошибались."
)


def read_practices() -> list[dict[str, Any]]:
    return [{**tomllib.loads(path.read_text()), "stem": path.stem} for path in sorted((CONTENT / "practices").glob("*.toml"))]


def make_practices(places: list[Place], today: dt.date) -> None:
    """Each practice goes as far as its stage says; the post is carried between the steps."""
    name_experts(today)
    by_number = {place.facts["number"]: place for place in places}
    for number, (row, stage) in enumerate(zip(read_practices(), STAGES, strict=True)):
        place = by_number[5] if stage.startswith("school") else by_number.get(row["school"], places[number])
        day = today - dt.timedelta(days=70 - 2 * number)
        written = in_the_school(place, row, stage, day)
        if not stage.startswith("school"):
            in_the_city(written, row["stem"], stage, day)
    post.deliver_everything()


def name_experts(today: dt.date) -> None:
    darya = actor(uuid_of("user", "darya"), None)
    with clock.at(moment(today - dt.timedelta(days=80))):
        for key in ("nina", "pavel", "gleb"):
            city.add_expert(BY_KEY[key].uuid, basis="приказ Управления № 41 от 01.09.2026", by=darya)


def in_the_school(place: Place, row: dict[str, Any], stage: str, day: dt.date) -> SchoolPractice:
    """Draft, review by the curator, the school's bank, the principal's hand-over."""
    text = {key: value for key, value in row.items() if key not in ("school", "authors", "stem")}
    with in_school(place.school), clock.at(moment(day)):
        pair = Pair.objects.exclude(started_on=None).select_related("mentor").order_by("id").first()
        author = pair.mentor if pair else Employee.objects.exclude(user=None).order_by("id")[0]
        by, curator, principal = (actor(user, place.school) for user in (place.users[author.uuid], place.curator, place.principal))
        practice = services.draft_practice(authors=[author], by=by, has_no_pupil_data=True, has_image_consents=True, **text)
        practice = services.move_practice(practice, "submit", by=by)
        if stage == "school_review":
            return practice
        sheet = {"scores": {"c1": 8, "c2": 8, "c3": 7, "c4": 8, "c5": 7}, "comment": SCHOOL_COMMENT, "recommendation": "publish"}
        services.review_practice(access.practice_for(curator, practice.uuid), by=curator, **sheet)
        practice = services.move_practice(practice, "accept", by=curator)
        consent_to_publish(author, curator)
        if stage != "school_bank":
            practice = services.move_practice(practice, "hand_over", by=principal)
    post.deliver_everything()
    return practice


def consent_to_publish(author: Employee, curator: Any) -> None:
    """T-29, once per author."""
    from portal.staff.selectors import has_consent

    if not has_consent(author, ConsentKind.DISTRIBUTION):
        row = personal.prepare_consent(author, ConsentKind.DISTRIBUTION, by=curator, resources="банк лучших практик портала «Эстафета»",
                                       data_allowed=["фамилия, имя, отчество", "должность и школа"])  # fmt: skip
        personal.give_consent(row, given_on=clock.today(), scan=paper("T-29", curator), by=curator)


def sheets_of(stem: str) -> list[dict[str, Any]]:
    """What the two experts wrote of this very practice; published ones were recommended by both."""
    rows = [row for row in content("mentoring")["review"] if row["practice"] == stem]
    return [{"scores": {code: max(row[code], 7) for code in CRITERIA}, "comment": row["comment"], "recommendation": "publish"} for row in rows]


def in_the_city(written: SchoolPractice, stem: str, stage: str, day: dt.date) -> None:
    """The methodist's and the experts' work, then the department's word."""
    darya, semyon = actor(uuid_of("user", "darya"), None), actor(uuid_of("user", "semyon"), None)
    practice = Practice.objects.get(practice=written.uuid)
    with clock.at(moment(day + dt.timedelta(days=5))):
        city.move_practice(practice, "receive", by=darya)
        pool = ExpertCandidate.objects.exclude(school_id=practice.school_id).order_by("id")[:2]
        for candidate in pool:
            city.assign_expert(practice, candidate, by=darya)
        city.move_practice(practice, "start_review", by=darya)
    sheets = sheets_of(stem)
    reviews = list(Review.objects.filter(practice=practice).order_by("id"))
    for number, review in enumerate(reviews[: 1 if stage == "municipal_review" else 2]):
        with clock.at(moment(day + dt.timedelta(days=9 + number))):
            city.submit_review(review, by=actor(review.expert, None), **sheets[number])
    if stage in ("recommended", "published"):
        with clock.at(moment(day + dt.timedelta(days=12))):
            city.move_practice(practice, "recommend", by=darya)
            if stage == "published":
                city.move_practice(practice, "publish", by=semyon)
    post.deliver_everything()
