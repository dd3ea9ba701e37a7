"""Issuing certificates: the one way of every room (README), issuing one anew with the right name, and giving
them to accounts that came later.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery

from portal import audit
from portal.accounts.models import Membership
from portal.certificates import codes
from portal.certificates.background import print_certificate
from portal.certificates.models import Certificate
from portal.certificates.states import RENEWED, CertificateKind
from portal.certificates.workflow import CERTIFICATE, RightName
from portal.core import clock
from portal.core.actor import Actor
from portal.core.entity import one_at_a_time
from portal.core.errors import Conflict
from portal.core.person_names import SMALL
from portal.documents.forms.base import NamedPerson, noting_undeclined
from portal.notify import tell
from tenants.addresses import city_url
from tenants.models import School


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose a certificate is. `named` is the name as the paper will say it; `account` is empty for whoever
    has not joined, `school` and `person` then say in which card the name stands.
    """

    named: NamedPerson
    account: UUID | None = None
    school: School | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who answers for a certificate by name: the post stands before the line for the pen."""

    named: NamedPerson
    account: UUID


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A certificate that is to be issued: `ground` is a short key of what it is given for
    («practice:<uuid>:…»), `deed` the words of the paper after the name, `signer` whoever answers for it by
    name.
    """

    kind: CertificateKind
    ground: str
    holder: Holder
    deed: str
    issuer: str
    signer: Signer | None = None
    day: dt.date = field(default_factory=clock.today)


@transaction.atomic
def issue(wanted: Wanted, *, by: Actor) -> Certificate:
    """The certificate of this ground. Asked for once more, it is the one that was issued, revoked or not; of
    a kind that grows a new one takes its place when the words have changed. Raises Conflict for one of such
    a kind that was revoked.
    """
    one_at_a_time("certificates")
    former = Certificate.objects.filter(ground=wanted.ground).order_by("-pk").first()
    renewed = former is not None and wanted.kind in RENEWED
    if former is not None and renewed and not former.is_valid:
        raise Conflict("revoked", "Этот сертификат отозвали, второй на ту же работу не выдают.")
    if former is not None and (not renewed or former.deed == wanted.deed):
        return former
    if former is not None:
        CERTIFICATE.move(former, "replace", by=Actor.system(via="workflow"))
    made = _made(wanted, by)
    if former is not None:
        _lead_on(former, made)
    _begin(made, by)
    return made


@transaction.atomic
def reissue(
    certificate: Certificate, right: RightName, *, by: Actor, version: int | None = None
) -> Certificate:
    """The same certificate with another name: a new number and a new code; the former one says that it was
    replaced, and by which. The deed, who issued and who signed it stay. Returns the new one. Raises
    Forbidden, Conflict, Stale, Invalid.
    """
    one_at_a_time("certificates")
    former = CERTIFICATE.move(certificate, "reissue", by=by, version=version, asked=right)
    kept = {name: getattr(former, name) for name in KEPT}
    made = _numbered(_named(right), clock.today(), by, **kept)
    _lead_on(former, made)
    _begin(made, by)
    return made


KEPT = (
    "kind",
    "deed",
    "issuer",
    "signer",
    "signer_post",
    "signer_name",
    "ground",
    "holder",
    "school",
    "person",
)
"""What a certificate that is issued anew says and knows as before."""


def _named(right: RightName) -> NamedPerson:
    """Of a name in two or three words the portal makes the dative, where none was given."""
    last, *others = right.name.split()
    cases = {"dative": right.name_dative} if right.name_dative else {}
    if len(others) not in (1, 2) or last.lower() in SMALL:
        return NamedPerson(last=right.name, first="", name_cases=cases or {"dative": right.name})
    return NamedPerson(last=last, first=others[0], middle=" ".join(others[1:]), name_cases=cases)


def _lead_on(former: Certificate, made: Certificate) -> None:
    former.replaced_by = made
    former.save_change("replaced_by")


def _begin(made: Certificate, by: Actor) -> None:
    """It is told of and printed."""
    audit.record(by, "issued", made)
    print_certificate.later(by=by, key=f"certificate:{made.uuid}", certificate_uuid=str(made.uuid))
    said = f"Вам выдан сертификат № {made.number}. Его можно скачать и повесить на стену."
    if made.holder != by.user:
        tell([made.holder], "certificate:issued", said, city_url("certificates:mine"), about=made)


def _made(wanted: Wanted, by: Actor) -> Certificate:
    holder, signer = wanted.holder, wanted.signer
    return _numbered(
        holder.named,
        wanted.day,
        by,
        kind=wanted.kind,
        deed=wanted.deed,
        issuer=wanted.issuer,
        signer=signer.account if signer else None,
        signer_post=signer.named.post if signer else "",
        signer_name=signer.named.signature if signer else "",
        ground=wanted.ground,
        holder=holder.account,
        school=holder.school,
        person=holder.person,
    )


def _numbered(named: NamedPerson, day: dt.date, by: Actor, **values: Any) -> Certificate:
    """The next of its year, with a code of its own."""
    last = Certificate.objects.filter(year=day.year).aggregate(last=Max("serial"))["last"]
    with noting_undeclined() as noted:
        dative = named.dative
    return Certificate.objects.create(
        year=day.year,
        serial=(last or 0) + 1,
        code=codes.new_code(),
        name=named.full,
        name_dative="" if noted else dative,
        issued_on=day,
        created_by=by.user,
        **values,
    )


@transaction.atomic
def give_to_accounts(by: Actor) -> None:
    """Each night: a certificate of somebody who had no account goes to the account, once there is one. It
    stays with the account when the person leaves the school.
    """
    of_card = Membership.objects.filter(school=OuterRef("school"), person=OuterRef("person"))
    waiting = Certificate.objects.filter(holder=None).exclude(person=None)
    found = waiting.annotate(account=Subquery(of_card.order_by("pk").values("user")[:1]))
    certificate: Any
    for certificate in found.exclude(account=None).select_for_update(of=("self",)).order_by("pk"):
        certificate.holder = certificate.account
        certificate.save_change("holder")
        said = f"У вас есть сертификат № {certificate.number}."
        tell([certificate.holder], "certificate:issued", said, city_url("certificates:mine"))
