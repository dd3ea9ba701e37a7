"""Documents of tests, as the bank would index them."""

from __future__ import annotations

import uuid

from portal.search.engine import ANNOTATION_WEIGHT, TAGS_WEIGHT, Document, Text


def document(
    body: str, *, title: str = "", annotation: str = "", tags: str = "", **facets: list[str]
) -> Document:
    """A practice as the bank would index it; its uuid comes from its words, so tests can name it again."""
    return Document(
        uuid=uuid.uuid5(uuid.NAMESPACE_OID, title + body),
        title=title,
        fields={
            "body": Text(body),
            "annotation": Text(annotation, ANNOTATION_WEIGHT),
            "tags": Text(tags, TAGS_WEIGHT),
        },
        facets=facets,
    )
