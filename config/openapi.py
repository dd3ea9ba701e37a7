"""One OpenAPI 3.1 for both contours, and what version 1 has promised: it only grows."""

from collections.abc import Iterator
from typing import Any

import yaml
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

CODE = {
    "name": "code",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"},
    "description": "код школы в адресе",
}
VERBS = ("get", "post", "put", "patch", "delete")
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields"],
            "properties": {
                "code": {"type": "string", "description": "постоянный код"},
                "message": {"type": "string", "description": "что случилось и что делать, по-русски"},
                "fields": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    },
}


def whole() -> dict[str, Any]:
    """City's and schools' operations in one document; the same component name always means the same thing."""
    city, school = _of(settings.ROOT_URLCONF), _of(settings.SCHOOL_URLCONF)
    paths = {**_named(city["paths"], "city"), **_in_a_school(_named(school["paths"], "school"))}
    return {
        **city,
        "paths": dict(sorted(paths.items())),
        "components": _merged(city["components"], school["components"]),
    }


def _of(urlconf: str) -> dict[str, Any]:
    generator: Any = SchemaGenerator
    described: dict[str, Any] = generator(urlconf=urlconf).get_schema(request=None, public=True)
    return described


def _named(paths: dict[str, Any], contour: str) -> dict[str, Any]:
    """Operations of the two contours may have one name: the contour stands before it. Every one may be
    refused in one shape.
    """
    for operation in _operations(paths):
        operation["operationId"] = f"{contour}_{operation['operationId']}"
        operation["responses"].setdefault(
            "default",
            {
                "description": "отказ",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
        )
    return paths


def _operations(paths: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (path[verb] for path in paths.values() for verb in VERBS if verb in path)


def _in_a_school(paths: dict[str, Any]) -> dict[str, Any]:
    for operation in _operations(paths):
        operation["parameters"] = [CODE, *operation.get("parameters", [])]
    return {f"/s/{{code}}{path}": rows for path, rows in paths.items()}


def _merged(city: dict[str, Any], school: dict[str, Any]) -> dict[str, Any]:
    """Raises ValueError when one name means two things."""
    schemas = {**city.get("schemas", {}), "Error": ERROR}
    for name, shape in school.get("schemas", {}).items():
        if schemas.setdefault(name, shape) != shape:
            raise ValueError(f"two shapes are called {name}: give one of the serializers another name")
    return {**city, **school, "schemas": dict(sorted(schemas.items()))}


def printed() -> str:
    """The document as YAML."""
    return str(yaml.safe_dump(whole(), allow_unicode=True, sort_keys=False, width=160))


def promised(document: dict[str, Any]) -> list[str]:
    """One line for each operation, parameter, field and value of an enumeration: what a client may lean
    on.
    """
    lines: set[str] = set()
    for path, rows in document["paths"].items():
        for verb in VERBS:
            if verb in rows:
                lines.update(_lines_of(f"{verb.upper()} {path}", rows[verb], document))
    lines.update(_fields("refusal >", ERROR, document, ()))
    return sorted(lines)


def _lines_of(name: str, operation: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    yield name
    for parameter in operation.get("parameters", []):
        yield f"{name} ?{parameter['in']}:{parameter['name']}"
    for shape in _shapes(operation.get("requestBody", {})):
        yield from _fields(f"{name} <", shape, document, ())
    for status, answer in operation["responses"].items():
        if status == "default":
            continue  # one shape of refusals, promised by the schema «Error» itself
        for shape in _shapes(answer):
            yield from _fields(f"{name} {status} >", shape, document, ())


def _shapes(holder: dict[str, Any]) -> list[dict[str, Any]]:
    return [content["schema"] for content in holder.get("content", {}).values() if "schema" in content]


def _fields(
    name: str, shape: dict[str, Any], document: dict[str, Any], seen: tuple[str, ...]
) -> Iterator[str]:
    reference = shape.get("$ref", "")
    if reference in seen:
        return
    if reference:
        yield from _fields(
            name, document["components"]["schemas"][reference.rsplit("/", 1)[1]], document, (*seen, reference)
        )
    for part in (*shape.get("allOf", ()), *shape.get("oneOf", ()), *shape.get("anyOf", ())):
        yield from _fields(name, part, document, seen)
    yield from (f"{name} = {value}" for value in shape.get("enum", ()))
    for field, inner in shape.get("properties", {}).items():
        yield f"{name} .{field}"
        yield from _fields(f"{name} .{field}", inner, document, seen)
    if isinstance(shape.get("items"), dict):
        yield from _fields(f"{name}[]", shape["items"], document, seen)
