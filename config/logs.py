"""Structured logs: school, actor and request number; never names, addresses or texts of people."""

import logging.config
import re
import sys
import traceback
from typing import Any

import structlog

from portal.audit.journal import request_id
from portal.core.errors import without_words

DEEP = 12


_SECRETS = re.compile(
    r"(/invitation/|/feed/|/searches/stop/|/verify/|/accounts/address/|/accounts/password/reset/key/)[^/\s]+"
)


def _where(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """The number of the request; the secret of a letter's link never reaches the log."""
    event["request"] = request_id.get() or None
    masked = {
        key: _SECRETS.sub(r"\1…", value) if isinstance(value, str) else value for key, value in event.items()
    }
    return {key: value for key, value in masked.items() if value is not None}


def _trouble(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """An error as its kinds and places. Its words are left out: they quote what people have typed, and rows
    of the database.
    """
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        return event
    chain: list[str] = []
    places = traceback.extract_tb(error.__traceback__)[-DEEP:]
    while error is not None and len(chain) < DEEP:
        chain.append(without_words(error))
        error = error.__cause__ or error.__context__
    event["error"] = " < ".join(chain)
    event["at"] = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
    return event


def configure(*, json: bool, level: str, words: bool) -> None:
    """Send everything through structlog to standard error, as JSON or as lines. `words` lets texts of errors
    through: for development only.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where,
    ]
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info if words else _trouble,
            renderer,
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"house": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "estafeta": {"level": level},
                "django.request": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
            },
        }
    )
