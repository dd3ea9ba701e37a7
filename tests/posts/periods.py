"""What is written of a person's life in time: work, absences, names, cards that are one, guests."""

import datetime as dt
from uuid import uuid4

from portal.core import clock
from portal.staff import services
from portal.staff.models import Absence, AccessQuestion, FormerName, GuestStay, Newcomer, Person, Position
from portal.staff.services.absences import Away
from portal.staff.services.guests import Stay
from portal.staff.services.names import Borne
from portal.staff.services.positions import Post as WorkPost
from tests.posts.mentoring_forming import ROOT, day, uuid_for
from tests.posts.rows import ANOTHER, Post, Scene, World
from tests.posts.staff import entered, of_person

TODAY = clock.today


def _away(w: World) -> Absence:
    return services.begin_absence(entered(w), Away(kind="illness", started_on=TODAY()), by=w.who("anna"))


def _dismissed(w: World) -> Person:
    yesterday = TODAY() - dt.timedelta(days=1)
    return services.dismiss_person(entered(w), on=yesterday, reason="moved_region", by=w.who("anna"))


def dismissal_back(w: World) -> Scene:
    found = _dismissed(w)
    page = f"{ROOT}people/{found.uuid}/"
    return Scene(f"{page}dismissal/back/", {}, found, page)


def take_on(w: World) -> Scene:
    again = {"hired_on": day(TODAY()), "position": "teacher", "ped_stage_years": "16", "rate": "1"}
    return of_person(found := _dismissed(w), "return", again, obj=found)


SECOND = {"position": "psychologist", "kind": "internal", "rate": "0,5", "hours_week": "9"}


def position_new(w: World) -> Scene:
    return of_person(entered(w), "position", {**SECOND, "work_since": day(TODAY())})


def _second(w: World) -> Position:
    return services.add_position(entered(w), WorkPost(position="tutor"), by=w.who("anna"))


def position(w: World) -> Scene:
    made = _second(w)
    return Scene(f"{ROOT}positions/{made.uuid}/", {**SECOND, "work_change": "mistake"}, made)


def position_remove(w: World) -> Scene:
    made = _second(w)
    page = f"{ROOT}positions/{made.uuid}/"
    return Scene(f"{page}remove/", {}, made, page)


def absence_new(w: World) -> Scene:
    until = day(TODAY() + dt.timedelta(days=70))
    fields = {"kind": "maternity", "started_on": day(TODAY()), "expected_until": until}
    return of_person(entered(w), "absence", {**fields, "basis": "приказ № 31-к от 12.10.2026"})


def absence(w: World) -> Scene:
    made = _away(w)
    fields = {"kind": "illness", "started_on": day(TODAY()), "ended_on": day(TODAY())}
    return Scene(f"{ROOT}absences/{made.uuid}/", fields, made)


def absence_remove(w: World) -> Scene:
    made = _away(w)
    page = f"{ROOT}absences/{made.uuid}/"
    return Scene(f"{page}remove/", {}, made, page)


FORMER = {"last_name": "Озёрская", "first_name": "Алла", "ended_on": "05.06.2015", "basis": "со слов"}


def former_name_new(w: World) -> Scene:
    return of_person(entered(w), "former-name", FORMER)


def _former(w: World) -> FormerName:
    borne = Borne(last_name="Озёрская", first_name="Алла", ended_on=dt.date(2016, 6, 5))
    return services.add_former_name(entered(w), borne, by=w.who("anna"))


def former_name(w: World) -> Scene:
    made = _former(w)
    return Scene(f"{ROOT}former-names/{made.uuid}/", FORMER, made)


def former_name_remove(w: World) -> Scene:
    made = _former(w)
    page = f"{ROOT}former-names/{made.uuid}/"
    return Scene(f"{page}remove/", {}, made, page)


def _twin(w: World) -> tuple[Person, Person]:
    """Two cards of one person, the second with a former work."""
    kept, again = entered(w), entered(w, middle_name="Ивановна", email="")
    again.employments.create(started_on=dt.date(2001, 9, 1), ended_on=dt.date(2002, 6, 1))
    return kept, again


def merge_choice(w: World) -> Scene:
    kept, again = _twin(w)
    return of_person(kept, "merge", {"other": str(again.uuid)})


def merge(w: World) -> Scene:
    kept, again = _twin(w)
    return of_person(kept, f"merge/{again.uuid}", {"other_version": str(again.version)}, obj=kept)


def merge_undo(w: World) -> Scene:
    kept, again = _twin(w)
    made = services.merge_people(kept, again, by=w.who("anna"))
    return Scene(f"{ROOT}merges/{made.uuid}/undo/", {}, made, f"{ROOT}people/{kept.uuid}/")


def divide(w: World) -> Scene:
    _, both = _twin(w)
    work = both.employments.earliest("started_on")
    other = {"last_name": "Зимина", "first_name": "Вероника", "chosen": f"staff.employment:{work.pk}"}
    return of_person(both, "divide", other, obj=both)


def newcomer(w: World) -> Scene:
    made = Newcomer.objects.create(
        person=entered(w), invitation=uuid4(), last_name="Иванова", first_name="Алла", middle_name="Юрьевна"
    )
    return Scene(f"{ROOT}newcomers/{made.uuid}/", {"answer": "same"}, made)


def access_question(w: World) -> Scene:
    made = AccessQuestion.objects.create(
        person=entered(w), consent=uuid4(), what="factor", asked_by="Школа № 12", reason="Телефон потерян."
    )
    answer = {"answer": "no", "comment": "Человек об этом не просил."}
    return Scene(f"{ROOT}access-questions/{made.uuid}/", answer, made)


def let_in(w: World) -> Scene:
    page = f"{ROOT}people/{uuid_for('boris')}/access/"
    reason = "Ящик удалён, человек пришёл с паспортом."
    return Scene(page, {"what": "address", "email": "boris@home.example", "reason": reason})


STAY = {
    "kind": "mentor",
    "home": "Школа № 12",
    "home_number": "12",
    "post": "учитель физики",
    "basis": "договор № 3 от 01.09.2026",
}


def _days(until: int) -> dict[str, str]:
    return {**STAY, "started_on": day(TODAY()), "ended_on": day(TODAY() + dt.timedelta(days=until))}


def guest_new(w: World) -> Scene:
    name = {"last_name": "Гостев", "first_name": "Илья", "email": "gostev@school12.example"}
    return Scene(f"{ROOT}people/guests/new/", {**_days(60), **name})


def _guest(w: World) -> GuestStay:
    last = TODAY() + dt.timedelta(days=60)
    stay = Stay(**{**STAY, "home_number": 12}, started_on=TODAY(), ended_on=last)  # type: ignore[arg-type]
    name = {"last_name": "Гостев", "first_name": "Илья"}
    return services.invite_guest(stay, by=w.who("anna"), email="gostev@school12.example", name=name)


def stay_new(w: World) -> Scene:
    later = {
        "started_on": day(TODAY() + dt.timedelta(days=90)),
        "ended_on": day(TODAY() + dt.timedelta(days=99)),
    }
    return of_person(_guest(w).person, "stay", {**STAY, **later})


def stay(w: World) -> Scene:
    made = _guest(w)
    return Scene(f"{ROOT}stays/{made.uuid}/", _days(70), made)


def stay_remove(w: World) -> Scene:
    made = _guest(w)
    page = f"{ROOT}stays/{made.uuid}/"
    return Scene(f"{page}remove/", {}, made, page)


GUEST_INVITED = "gueststay+1 journalline+2 outbox+1 person+1 staffinvitation+1"
LETTER_MOVED = "journalline+1 outbox+1 staffinvitation~"


ROWS = [
    Post("staff:let_in", "zhanna", let_in, "disclosureline+1 journalline+1 outbox+1", ANOTHER),
    Post(
        "staff:access_question",
        "zhanna",
        access_question,
        "accessquestion~ disclosureline+1 journalline+1 outbox+1",
        409,
    ),
    Post("staff:newcomer", "anna", newcomer, "disclosureline+1 journalline+1 newcomer~ outbox+1", 409),
    Post(
        "staff:dismissal_back",
        "anna",
        dismissal_back,
        "city:officeend-1 employment~ journalline+1 person~",
        409,
    ),
    Post("staff:former_name_new", "anna", former_name_new, "formername+1 journalline+1", 422),
    Post("staff:former_name", "anna", former_name, "formername~ journalline+1", ANOTHER),
    Post("staff:former_name_remove", "anna", former_name_remove, "formername-1 journalline+1", 404),
    Post("staff:take_on", "anna", take_on, "employment+1 journalline+1 person~ position+1 workstage+1", 409),
    Post("staff:merge_choice", "anna", merge_choice, "", 302),
    Post(
        "staff:merge",
        "anna",
        merge,
        "employment-1 journalline+1 personmerge+1 person~ position-1 workstage-1",
        404,
    ),
    Post(
        "staff:merge_undo",
        "anna",
        merge_undo,
        "employment+1 journalline+1 personmerge-1 person~ position+1 workstage+1",
        404,
    ),
    Post("staff:divide", "anna", divide, "employment~ journalline+2 person+1", 422),
    Post("staff:position_new", "anna", position_new, "journalline+1 person~ position+1 workstage~", 422),
    Post("staff:position", "anna", position, "journalline+1 person~ position~ workstage~", ANOTHER),
    Post(
        "staff:position_remove",
        "anna",
        position_remove,
        "journalline+1 person~ position-1 workstage~",
        404,
    ),
    Post("staff:guest_new", "anna", guest_new, GUEST_INVITED, 422),
    Post("staff:stay_new", "anna", stay_new, "gueststay+1 journalline+1", 422),
    Post("staff:stay", "anna", stay, f"city:officeend+1 gueststay~ {LETTER_MOVED}", ANOTHER),
    Post("staff:stay_remove", "anna", stay_remove, f"city:officeend+1 gueststay-1 {LETTER_MOVED}", 404),
    Post("staff:absence_new", "anna", absence_new, "absence+1 journalline+1", 422),
    Post("staff:absence", "anna", absence, "absence~ journalline+1", ANOTHER),
    Post("staff:absence_remove", "anna", absence_remove, "absence-1 journalline+1", 404),
]
