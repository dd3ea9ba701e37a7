"""The name of the department, and how papers decline it."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.request import PortalRequest
from portal.municipality import naming
from portal.municipality.forms import DepartmentForm
from portal.municipality.models import DepartmentName
from portal.municipality.views import acting
from portal.ui.shortcuts import done, page


@require_http_methods(["GET", "HEAD", "POST"])
def department(request: PortalRequest) -> HttpResponse:
    """A proposal, what comes of it, and the last word of a person."""
    by, known = acting(request, "school:open"), DepartmentName.stored()
    name, genitive = known.name, known.in_genitive
    bodies = {"methodical_body": known.methodical_body, "council": known.council}
    form = DepartmentForm(
        request.POST or None,
        version=known.version if known.pk else 0,
        initial={"name": name, "genitive": genitive, **bodies},
    )
    if request.method == "POST" and form.is_valid():
        if request.POST.get("look"):
            name = " ".join(form.cleaned_data["name"].split())
            genitive = naming.proposed_for(known, name, form.cleaned_data["genitive"])
            bodies = {body: form.cleaned_data[body] for body in bodies}
            form = DepartmentForm(
                version=form.version, initial={"name": name, "genitive": genitive, **bodies}
            )
        else:
            with form.catching():
                naming.name_department(by=by, version=form.version, **form.cleaned_data)
            if not form.refused:
                return done(
                    request,
                    reverse("municipality:department"),
                    "Записано. Так Управление будет названо в новых документах, подписанные не изменятся.",
                )
    lines = [
        name,
        f"утверждено приказом {genitive}",
        f"{name} (далее – Управление) обеспечивает координацию деятельности…",
        f"Городской методический отдел {bodies['methodical_body']} осуществляет…",
        f"{bodies['council']};",
    ]
    return page(
        request,
        "municipality/names.html",
        heading="Название Управления в документах",
        form=form,
        lines=lines,
        crumbs=[("Люди города", reverse("municipality:people"))],
    )
