"""How a person wants the portal to look: kept in a cookie, and in the account through a hook."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse

from portal.core.wiring import Slot

COOKIE = "look"
YEAR = 365 * 24 * 3600

CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "theme": (("auto", "Как на устройстве"), ("light", "Светлая"), ("dark", "Тёмная")),
    "vision": (
        ("", "Обычные цвета"),
        ("black-on-white", "Чёрным по белому"),
        ("white-on-black", "Белым по чёрному"),
        ("blue-on-sky", "Тёмно-синим по голубому"),
    ),
    "size": (("100", "Обычный"), ("150", "В полтора раза крупнее"), ("200", "Вдвое крупнее")),
    "spacing": (("", "Обычные"), ("wide", "Широкие")),
    "images": (("", "Показывать"), ("off", "Не показывать")),
}


@dataclass(frozen=True)
class Prefs:
    """Values of `CHOICES`; the first of each is the default."""

    theme: str = "auto"
    vision: str = ""
    size: str = "100"
    spacing: str = ""
    images: str = ""

    @property
    def bs_theme(self) -> str:
        """What Bootstrap is told; with `auto` our own tokens decide by the system."""
        return (
            "dark"
            if self.vision == "white-on-black" or (self.theme == "dark" and not self.vision)
            else "light"
        )

    @classmethod
    def of(cls, values: dict[str, str]) -> "Prefs":
        """Keeps known values only: a cookie is written by anybody."""
        known = {name: values[name] for name, rows in CHOICES.items() if values.get(name) in dict(rows)}
        return cls(**known)

    def written(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})


def prefs_of(request: HttpRequest) -> Prefs:
    """The prefs of the shell (account) if it has them, else of the cookie."""
    shell = getattr(request, "shell", None)
    known: Prefs | None = shell.prefs if shell is not None else None
    if known is not None:
        return known
    return Prefs.of(dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))


Saver = Callable[[HttpRequest, Prefs], None]
SAVERS: Slot[Saver] = Slot()
"""How prefs reach the account, so that they follow the person to another device: accounts say it."""


def save(request: HttpRequest, response: HttpResponse, prefs: Prefs) -> None:
    """Writes the cookie (read on the server, so nothing flashes) and tells the account."""
    response.set_cookie(
        COOKIE,
        prefs.written(),
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
        path="/",
    )
    for saver in SAVERS:
        saver(request, prefs)
