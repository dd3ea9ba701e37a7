"""Who works in a school of the demo: names that nobody shares, ages, service and categories as schools have them."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from portal.core import clock
from portal.demo.cast import CAST, CastMember
from portal.demo.seeding.acting import Place
from portal.demo.seeding.city import content
from portal.municipality.reference import positions
from portal.municipality.reference import subjects as known_subjects

CATEGORY_TITLES = {"none": "без категории", "szd": "сзд", "first": "первая", "highest": "высшая"}
YOUNG_EVERY, KNOWN_ADDRESS_EVERY, SMALLEST_WITH_HEAD = 5, 4, 22
"""Each fifth is young; of each fourth the school does not know the address; schools of this size have a second deputy."""
STUDENTS = {1: "english", 5: "primary", 7: "primary"}
"""Schools where a student of the last years teaches already, and what."""


@dataclass
class Names:
    """Full names given out in the city; in one school nobody has another's surname and initials either."""

    full: set[tuple[str, str, str]] = field(
        default_factory=lambda: {(p.last_name, p.first_name, p.middle_name) for p in CAST}
    )
    short: set[tuple[int, str, str]] = field(
        default_factory=lambda: {(p.school or 0, p.last_name, p.first_name[0]) for p in CAST}
    )

    def take(self, school: int, rng: Random, *, female: bool) -> tuple[str, str, str]:
        """A new surname, name and patronymic."""
        pool, side = content("people"), 1 if female else 0
        while True:
            name = (
                rng.choice(pool["surnames"])[side],
                rng.choice(pool["female_names" if female else "male_names"]),
                rng.choice(pool["patronymics"])[side],
            )
            short = (school, name[0], name[1][0])
            if name not in self.full and short not in self.short:
                self.full.add(name)
                self.short.add(short)
                return name

    def keep(self, person: CastMember) -> None:
        """Somebody whose name was written by hand."""
        self.full.add((person.last_name, person.first_name, person.middle_name))
        self.short.add((person.school or 0, person.last_name, person.first_name[0]))


def deputy_of(place: Place, names: Names) -> CastMember:
    """Who will be the curator: one of the cast, or somebody new."""
    known = next((p for p in CAST if p.school == place.number and "curator" in p.offices), None)
    names.keep(place.facts["principal_person"])
    if known:
        return known
    last, first, middle = names.take(place.number, place.rng, female=True)
    subjects = (place.rng.choice(("mathematics", "russian", "history", "biology", "english")),)
    return CastMember(
        f"curator{place.number}",
        last,
        first,
        middle,
        "куратор",
        place.number,
        ("curator", "teacher"),
        "deputy",
        subjects,
        "f",
        dt.date(1972 + place.number, 3, 14),
        dt.date(2001 + place.number, 9, 1),
        stage=Decimal("19"),
        category="highest",
    )


def facts_of(person: CastMember) -> dict[str, Any]:
    """What is typed of a person who is entered by hand."""
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "gender": person.gender,
        "birth_date": person.born_on,
        "hired_on": person.hired_on,
        "ped_stage_years": person.stage,
        "education_level": "higher",
        "is_ped_education": True,
        "category": person.category,
        "rate": Decimal("1.00"),
        "email": person.email,
    }


def rows_of(place: Place, names: Names) -> list[dict[str, Any]]:
    """The list of staff as the curator would have it, without the principal and the curator, who are there already."""
    cast = [p for p in CAST if p.school == place.number and not {"curator", "principal"} & set(p.offices)]
    rows = [_of_cast(person) for person in cast]
    posts = _posts(place, sum(p.position == "psychologist" for p in cast))
    others = place.facts["staff"] - 2 - len(rows)
    for number in range(others):
        post = posts[number * len(posts) // others]
        row = _somebody(place, post, names, young=number % YOUNG_EVERY == 2 and post["position"] == "teacher")
        rows.append(
            row
            | {
                "email": f"teacher{number + 1}@school{place.number}.example"
                if number % KNOWN_ADDRESS_EVERY
                else ""
            }
        )
    if place.number in STUDENTS:
        rows[-1] = _student(place, names, STUDENTS[place.number])
    return rows


def _posts(place: Place, psychologists: int) -> list[dict[str, Any]]:
    """Positions of a school of this size, in the usual order; the principal and the curator are there already."""
    pool = content("people")
    posts = [
        row
        for row in pool["staff_of_30"]
        for _ in range(row["count"])
        if row["position"] not in ("principal", "deputy", "psychologist")
    ]
    if place.facts["staff"] > SMALLEST_WITH_HEAD:
        posts.insert(0, next(row for row in pool["staff_of_30"] if row["position"] == "deputy"))
    if place.facts["has_psychologist"] and not psychologists:
        posts.insert(1, next(row for row in pool["staff_of_30"] if row["position"] == "psychologist"))
    return posts + (pool["extra_staff"] if place.facts["staff"] > 30 else [])


def _of_cast(person: CastMember) -> dict[str, Any]:
    """One of the cast; whoever is new came in the last days of this very August."""
    is_new = person.stage < 1
    hired = dt.date(clock.today().year, 8, 26) if is_new else min(person.hired_on, clock.today())
    return _row(
        (person.last_name, person.first_name, person.middle_name),
        person.born_on,
        person.position,
        person.subjects,
        hired=hired,
        stage=person.stage,
        category=person.category,
        email=person.email,
    )


def _somebody(place: Place, post: dict[str, Any], names: Names, *, young: bool) -> dict[str, Any]:
    rng, year = place.rng, clock.today().year
    name = names.take(place.number, rng, female=rng.random() < content("people")["female_share"])
    stage, category = _young_service(rng) if young else _service(rng)
    born = dt.date(
        year - 23 - stage - (0 if young else rng.randint(0, 4)), rng.randint(1, 7), rng.randint(1, 28)
    )
    came = 0 if young else rng.randint(0, stage)
    hired = dt.date(
        year - (stage if young else min(stage, came + 1)),
        9 if young and not stage else 8,
        1 if young and not stage else 28,
    )
    return _row(
        name,
        born,
        post["position"],
        post["subjects"],
        hired=min(hired, dt.date(year, 9, 1)),
        stage=Decimal(stage),
        category=category,
        rate=post["rate"],
    )


def _young_service(rng: Random) -> tuple[int, str]:
    return rng.choice((0, 0, 1, 1, 2, 3)), "none"


def _service(rng: Random) -> tuple[int, str]:
    """Years of service and the category that goes with them."""
    rows = [row for row in content("people")["service"] if row["years_from"] > 3]
    row = rng.choices(rows, [row["share"] for row in rows])[0]
    return rng.randint(row["years_from"], row["years_to"]), rng.choices(
        list(row["categories"]), list(row["categories"].values())
    )[0]


def _student(place: Place, names: Names, subject: str) -> dict[str, Any]:
    born = dt.date(clock.today().year - 21, 4, 9 + place.number)
    return _row(
        names.take(place.number, place.rng, female=True),
        born,
        "teacher",
        [subject],
        hired=dt.date(clock.today().year, 9, 1),
        stage=Decimal(0),
        category="none",
        rate="0.50",
        education="студент",
    )


def _row(
    name: tuple[str, str, str],
    born: dt.date,
    position: str,
    subjects: Any,
    *,
    hired: dt.date,
    stage: Decimal,
    category: str,
    rate: str = "1.00",
    email: str = "",
    education: str = "высшее",
) -> dict[str, Any]:
    """A line of the table in its own words."""
    return {
        "last_name": name[0],
        "first_name": name[1],
        "middle_name": name[2],
        "birth_date": born,
        "position": positions().title(position),
        "subjects": ", ".join(known_subjects().title(s) for s in subjects),
        "hired_on": hired,
        "ped_stage_years": stage,
        "education_level": education,
        "is_ped_education": "да",
        "category": CATEGORY_TITLES[category],
        "rate": Decimal(rate),
        "email": email,
    }
