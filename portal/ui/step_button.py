"""The button of a step that asks nothing but a comment: `{% ui "moves" … %}` sends it to an address."""

from typing import Any, cast

from django.http import HttpRequest

from portal.core.actor import Actor
from portal.core.workflow import M, Workflow
from portal.ui.shortcuts import version_of


def pressed(request: HttpRequest, workflow: Workflow[M], obj: M, *, by: Actor) -> str:
    """Makes the step that the button names, and returns what its page says. Raises what `move` raises."""
    verb = request.POST.get("verb", "")
    said = workflow.said(verb, cast("Any", obj).state)
    workflow.move(obj, verb, by=by, version=version_of(request), comment=request.POST.get("comment", ""))
    return said
