"""The JSON Schema that editors use, made from the tables that validation uses.

`resources/schema/plan-1.json` is `json_schema()` written out; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from geodata.schema import KINDS, RECORDS, VERSION, Field


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a plan pack, for editors that complete and check while one types."""

    def field_schema(field: Field) -> dict[str, Any]:
        if field.kind.startswith("list:"):
            name = field.kind.removeprefix("list:")
            schema: dict[str, Any] = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
            if name == "citation":
                schema["minItems"] = 1
        elif field.kind.startswith("item:"):
            name = field.kind.removeprefix("item:")
            reference = {"$ref": f"#/$defs/{name}"}
            schema = reference if name == "document" else {"anyOf": [reference, {"type": "null"}]}
        else:
            schema = dict(KINDS[field.kind][1])
        if field.choices:
            schema["enum"] = list(field.choices)
        return {"description": field.about, **schema}

    def record_schema(fields: tuple[Field, ...], extra: dict[str, Any] | None = None) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {**(extra or {}), **{field.name: field_schema(field) for field in fields}},
            "required": [*(extra or {}), *(field.name for field in fields if field.required)],
        }

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "产业布局规划数据包（第 1 版）",
        **record_schema(RECORDS["plan"].fields, {"schema": {"const": VERSION, "description": "数据包格式版本"}}),
        "$defs": {name: record_schema(record.fields) for name, record in RECORDS.items() if name != "plan"},
    }
