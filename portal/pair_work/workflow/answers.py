"""What whoever reads a programme answers, and what is written of it."""

from typing import Any

from portal.core import clock
from portal.core.workflow import Move
from portal.pair_work.models import Programme, ProgrammeConfirmation
from portal.pair_work.silence import to_answer_for


def say_yes(programme: Programme, move: Move[Any]) -> None:
    person = next(person for person in programme.pair.people if move.by.is_person(person.user))
    ProgrammeConfirmation.objects.create(
        programme=programme, revision=programme.revision, person=person, created_by=move.by.user
    )


def say_yes_on_paper(programme: Programme, move: Move[Any]) -> None:
    ProgrammeConfirmation.objects.bulk_create(
        ProgrammeConfirmation(
            programme=programme, revision=programme.revision, person=person, created_by=move.by.user
        )
        for person in to_answer_for(programme)
    )


def answer(programme: Programme, move: Move[Any]) -> None:
    programme.answer = move.comment


def recommend(programme: Programme, move: Move[Any]) -> None:
    programme.recommended_on = clock.today()


def approve(programme: Programme, move: Move[Any]) -> None:
    programme.approved_on, programme.approved_by = clock.today(), move.by.user
