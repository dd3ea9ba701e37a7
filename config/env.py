"""What the environment may say. Nonsense is refused at start with a sentence, not at the first request."""

import os
import re
import ssl
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, unquote, urlparse
from zoneinfo import available_timezones

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
    if not re.fullmatch("-?[0-9]{1,18}", raw) or not low <= int(raw) <= high:
        raise ImproperlyConfigured(f"{name}: ожидается целое число от {low} до {high}, а стоит «{raw}».")
    return int(raw)


def rising(name: str, default: str, low: int, high: int) -> list[int]:
    """Numbers by commas, each greater than the one before it; none at all may stand, too."""
    raw = words(name, default)
    if not all(re.fullmatch("[0-9]{1,4}", one) for one in raw):
        raise ImproperlyConfigured(f"{name}: ожидаются целые числа через запятую, а стоит «{','.join(raw)}».")
    found = [int(one) for one in raw]
    if found != sorted(set(found)) or any(not low <= one <= high for one in found):
        raise ImproperlyConfigured(f"{name}: числа от {low} до {high} должны идти по возрастанию.")
    return found


def words(name: str, default: str = "") -> list[str]:
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def _has_sound_port(url: ParseResult) -> bool:
    try:
        return url.port is None or url.port > 0
    except ValueError:
        return False


def hosts(name: str, default: str) -> list[str]:
    """Names of hosts; `*` would believe any Host header, and letters point to what it says."""
    found = words(name, default)
    if not found or any("*" in host or "/" in host for host in found):
        raise ImproperlyConfigured(f"{name}: ожидаются имена через запятую, без «*» и без https://.")
    return found


def address(name: str, value: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """An address of the web or of a service, with its scheme."""
    url = urlparse(value)
    if url.scheme not in schemes or not url.hostname or not _has_sound_port(url):
        raise ImproperlyConfigured(f"{name}: ожидается адрес вида {schemes[-1]}://сервер, а стоит «{value}».")
    return value


def refuse_half_given(nodes: dict[str, Any]) -> None:
    """Nodes of Elasticsearch: addresses have ports, a user has a password, and the file of the authority can
    be read and is asked for.
    """
    urls, authority = nodes["urls"], nodes["authority"]
    if any(urlparse(url).port is None for url in urls):
        raise ImproperlyConfigured("ELASTICSEARCH_URL: назовите порт, например https://search-1:9200.")
    if bool(nodes["user"]) != bool(nodes["password"]):
        raise ImproperlyConfigured("ELASTICSEARCH_USER и ELASTICSEARCH_PASSWORD: задайте оба или ни одного.")
    if not authority:
        return
    if not all(url.startswith("https://") for url in urls):
        raise ImproperlyConfigured("ELASTICSEARCH_CA задан: в ELASTICSEARCH_URL нужны адреса с https://.")
    try:
        ssl.create_default_context(cafile=authority)
    except OSError as trouble:
        raise ImproperlyConfigured(
            f"ELASTICSEARCH_CA: в файле «{authority}» нет сертификата, который можно прочесть."
        ) from trouble


def zone(name: str, default: str) -> str:
    value = text(name, default)
    if value not in available_timezones():
        raise ImproperlyConfigured(f"{name}: такого часового пояса нет: «{value}». Пример: Europe/Moscow.")
    return value


def mailbox(name: str, default: str) -> str:
    value = text(name, default)
    if "@" not in parseaddr(value)[1]:
        raise ImproperlyConfigured(f"{name}: ожидается адрес почты, а стоит «{value}».")
    return value


def dotted(name: str) -> str:
    """A function by its dotted path, which must be there; empty when not wanted. It is called later, when
    applications are loaded.
    """
    value = text(name, "")
    module, _, attribute = value.rpartition(".")
    try:
        found = not value or bool(module and attribute and find_spec(module))
    except ImportError:
        found = False
    if not found:
        raise ImproperlyConfigured(
            f"{name}: нет модуля для «{value}». Ожидается путь вида пакет.модуль.функция."
        )
    return value


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
    if (
        url.scheme not in ("postgres", "postgresql")
        or not url.username
        or len(url.path) < 2
        or not _has_sound_port(url)
    ):
        raise ImproperlyConfigured(f"{name}: ожидается postgresql://пользователь:пароль@сервер:порт/база.")
    return DatabaseAddress(
        url.path[1:],
        unquote(url.username),
        unquote(url.password or ""),
        url.hostname or "",
        str(url.port or 5432),
    )
