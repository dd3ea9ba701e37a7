"""Menus by office and contour."""

from typing import Any

from django.http import HttpRequest


def shell_of(request: HttpRequest) -> Any:
    return None


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": getattr(request, "shell", None)}
