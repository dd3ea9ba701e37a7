"""Forms of an assignment's steps, and of the reserve."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from best_practices.models import ExpertCandidate, Practice
from best_practices.reserve import users_of
from best_practices.services import LONGEST_RESERVE
from best_practices.states import Refusal
from best_practices.workflow.reviews import Declined, LaterTerm
from portal.ui.choices import offer
from portal.ui.fields import DateField
from portal.ui.forms import PageForm
from portal.ui.step_form import StepForm

_WHY = "Эксперт увидит эти слова."


class DeclineForm(StepForm[Declined]):
    """One press, with a reason or without it."""

    refusal = forms.ChoiceField(
        label="Причина", required=False, choices=[("", "без объяснений"), *Refusal.choices]
    )


class ReplaceForm(PageForm):
    """Why the next of the reserve is invited instead."""

    reason = forms.CharField(
        label="Почему", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_WHY
    )


class ProlongForm(StepForm[LaterTerm]):
    """A later last day, with the reason."""

    until = DateField(label="До какого дня")
    comment = forms.CharField(
        label="Почему",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Останется в журнале. Эксперт узнает новый срок.",
    )


class ReserveForm(PageForm):
    """Whom the portal invites by itself, in order. `choices` are uuids of candidates with their words."""

    begins_with_stored = True
    hide_optional = True

    def __init__(
        self, *args: Any, practice: Practice, choices: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        self.practice = practice
        named = ExpertCandidate.objects.filter(user__in=practice.reserve).select_related("user")
        rows = {one.user_id: one for one in named}
        present = [rows[user] for user in practice.reserve if user in rows]
        initial = {f"place_{n}": str(one.uuid) for n, one in enumerate(present, 1)}
        super().__init__(*args, initial=initial, **kwargs)
        had = [(str(one.uuid), one.user.full_name) for one in present]
        known = {uuid for uuid, _ in had}
        offered = [("", "Никто"), *had, *(pair for pair in choices if pair[0] not in known)]
        for number in range(1, LONGEST_RESERVE + 1):
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=f"{number}-й в резерве", required=False, initial=initial.get(f"place_{number}", "")
            )
            offer(self, f"place_{number}", offered)

    @property
    def people(self) -> list[UUID]:
        """Users in the order in which they were named; empty places are passed by."""
        named = [self.cleaned_data.get(f"place_{n}", "") for n in range(1, LONGEST_RESERVE + 1)]
        return users_of(UUID(uuid) for uuid in named if uuid)

    def field_of(self, name: str) -> str | None:
        """A refusal of the reserve is shown at its first place."""
        return "place_1" if name == "reserve" else super().field_of(name)
