"""Markup as a test may quote it: how a template is indented says nothing of a page."""

import re


def squeezed(page: str) -> str:
    """No air between tags and words, one space between attributes."""
    without_air = re.sub(r"(?<=>)[ \n]+|[ \n]+(?=<)", "", page)
    return re.sub(r"<[^<>]*>", lambda tag: re.sub(r"[ \n]+", " ", tag[0]).replace(" >", ">"), without_air)
