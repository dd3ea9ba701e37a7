"""What the environment may say. Nonsense is refused at start with a sentence, not at the first request."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """A required text, unless there is a default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Не задана переменная {name}. Список переменных: docs/deploy.md.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "").lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name}: ожидается 1 или 0, а стоит «{value}».")
    return value in _TRUE


def number(name: str, default: int, low: int, high: int) -> int:
    raw = os.environ.get(name, str(default))
    if not raw.lstrip("-").isdigit() or not low <= int(raw) <= high:
        raise ImproperlyConfigured(f"{name}: ожидается целое число от {low} до {high}, а стоит «{raw}».")
    return int(raw)


def words(name: str, default: str = "") -> list[str]:
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


@dataclass(frozen=True)
class DatabaseAddress:
    name: str
    user: str
    password: str
    host: str
    port: str


def database(name: str) -> DatabaseAddress:
    """A `postgresql://user:password@host:port/database` address."""
    url = urlparse(text(name))
    if url.scheme not in ("postgres", "postgresql") or not url.username or len(url.path) < 2:
        raise ImproperlyConfigured(f"{name}: ожидается postgresql://пользователь:пароль@сервер:порт/база.")
    return DatabaseAddress(url.path[1:], unquote(url.username), unquote(url.password or ""), url.hostname or "", str(url.port or 5432))
