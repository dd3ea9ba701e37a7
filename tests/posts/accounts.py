"""What a person writes about the own account, in the city and in a school."""

from best_practices.questions import Asked
from best_practices.saved import SavedSearch
from best_practices.services import saved
from portal import notify
from portal.accounts import services as accounts
from portal.accounts.address_change import ask_for_address
from portal.accounts.models import AddressChange, Membership, NameProposal, PersonalToken, PlaceConsent, User
from tests.cast import BY_KEY
from tests.posts.mentoring_forming import ROOT
from tests.posts.rows import ANOTHER, Post, Scene, World


def _membership(key: str) -> str:
    return str(Membership.objects.filter(user=BY_KEY[key].uuid).order_by("-pk")[0].uuid)


def places(w: World) -> Scene:
    return Scene("/places/", {"membership": _membership("anna")})


def notices(w: World) -> Scene:
    notify.tell([BY_KEY["semyon"].uuid], "test", "Школа сдала форму")
    return Scene("/notices/")


def school_notices(w: World) -> Scene:
    notify.tell([BY_KEY["boris"].uuid], "test", "Вас предлагают в наставники")
    return Scene(f"{ROOT}notices/")


def keys(w: World) -> Scene:
    return Scene(
        "/keys/", {"purpose": "выгрузка встреч в расписание", "place": str(w.school5.uuid), "days": "30"}
    )


def key_revoke(w: World) -> Scene:
    accounts.issue_token(
        User.objects.get(pk=BY_KEY["anna"].uuid), w.school5, purpose="выгрузка", days=30, by=w.who("anna")
    )
    return Scene(f"/keys/{PersonalToken.objects.get().uuid}/revoke/")


def name_answer(w: World) -> Scene:
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    made = NameProposal.objects.create(user=user, school=w.school5, last_name="Новиков", first_name="Борис")
    return Scene(f"/me/name/{made.uuid}/", {"answer": "no"}, page="/me/name/")


def agreement(w: World) -> Scene:
    change = AddressChange.objects.create(
        user=User.objects.get(pk=BY_KEY["darya"].uuid),
        school=w.school5,
        reason="Ящик удалён.",
        old_email="darya@city.example",
        new_email="darya@home.example",
    )
    made = PlaceConsent.objects.create(change=change)
    return Scene(f"/agreements/{made.uuid}/", {"answer": "yes"}, made)


def address_new(w: World) -> Scene:
    return Scene("/me/address/new/", dict.fromkeys(("email", "email_again"), "boris@home.example"))


def address_cancel(w: World) -> Scene:
    user = User.objects.get(pk=BY_KEY["boris"].uuid)
    ask_for_address(user, "boris@home.example", by=w.who("boris"))
    return Scene("/me/address/cancel/", page="/me/address/")


def feed(w: World) -> Scene:
    return Scene("/me/feed/", {"act": "new"})


def saved_search(w: World) -> SavedSearch:
    asked = Asked("скамейка примирения", {})
    return saved.save_search(asked, title="О скамейке", often="daily", by=w.who("boris"))


def search_new(w: World) -> Scene:
    return Scene("/me/searches/new/?q=зебры", {"title": "О зебрах", "often": "weekly"})


def search(w: World) -> Scene:
    found = saved_search(w)
    return Scene(
        f"/me/searches/{found.uuid}/",
        {"title": "О скамейке у школы", "often": "weekly"},
        found,
        later=lambda: saved.change_search(found, title="О лавочке", often="never", by=w.who("boris")),
    )


def search_delete(w: World) -> Scene:
    return Scene(f"/me/searches/{saved_search(w).uuid}/delete/", page="/me/searches/")


ROWS = [
    Post("own_bank:search_new", "boris", search_new, "city:savedsearch+1", 302, contour="city"),
    Post("own_bank:search", "boris", search, "city:savedsearch~", ANOTHER, contour="city"),
    Post("own_bank:search_delete", "boris", search_delete, "city:savedsearch-1", 404, contour="city"),
    Post("own_bank:feed", "boris", feed, "city:journalline+1 city:user~", 302, contour="city"),
    Post("places", "anna", places, "city:user~", 302, contour="city"),
    Post("notices", "semyon", notices, "city:notice~", 302, contour="city"),
    Post("notices", "boris", school_notices, "notice~", 302),
    Post(
        "agreement",
        "semyon",
        agreement,
        "city:jobs+2 city:journalline+1 city:notice+1 city:outbox+1 city:placeconsent~",
        409,
        contour="city",
    ),
    Post(
        "own_name_answer",
        "boris",
        name_answer,
        "city:journalline+1 city:nameproposal~ city:outbox+1",
        contour="city",
    ),
    Post(
        "own_address_new",
        "boris",
        address_new,
        "city:addresschange+1 city:jobs+2 city:journalline+1 city:notice+1",
        contour="city",
    ),
    Post(
        "own_address_cancel",
        "boris",
        address_cancel,
        "city:addresschange~ city:jobs+2 city:journalline+1 city:notice+1",
        contour="city",
    ),
    Post("keys", "anna", keys, "city:journalline+1 city:personaltoken+1", ANOTHER, contour="city"),
    Post("key_revoke", "anna", key_revoke, "city:journalline+1 city:personaltoken~", 302, contour="city"),
]
