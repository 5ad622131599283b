"""Holds answers against schema/openapi.yaml (the JSON subset of YAML)."""
import json
import os
import re

from service import ROOT


class Contract:
    def __init__(self):
        path = os.path.join(ROOT, "schema", "openapi.yaml")
        with open(path, encoding="utf-8") as file:
            self.document = json.load(file)
        self.paths = self.document["paths"]

    def routes(self):
        """{(METHOD, pattern): permission}"""
        return {(method.upper(), pattern): operation["x-permission"]
                for pattern, methods in self.paths.items()
                for method, operation in methods.items()}

    def resolve(self, schema):
        while "$ref" in schema:
            at = self.document
            for name in schema["$ref"].lstrip("#/").split("/"):
                at = at[name]
            schema = at
        return schema

    def answer_schema(self, method, pattern, status):
        answers = self.paths[pattern][method.lower()]["responses"]
        answer = self.resolve(answers.get(str(status)) or answers["default"])
        content = answer["content"]
        if "application/json" not in content:
            return None
        return content["application/json"]["schema"]

    def faults(self, method, pattern, status, content):
        """What an answer says against the contract; [] when it holds."""
        schema = self.answer_schema(method, pattern, status)
        if schema is None:
            return []
        try:
            value = json.loads(content)
        except ValueError:
            return [f"not JSON: {content[:100]!r}"]
        return list(self.check(schema, value, "$"))

    def check(self, schema, value, where):
        schema = self.resolve(schema)
        if "anyOf" in schema:
            if not any(not list(self.check(one, value, where))
                       for one in schema["anyOf"]):
                yield f"{where}: fits none of {len(schema['anyOf'])} schemas"
            return
        kinds = schema.get("type")
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds and kind_of(value) not in kinds:
            yield f"{where}: {kind_of(value)}, not {'|'.join(kinds)}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{where}: {value!r} is not one of {schema['enum']}"
        if isinstance(value, str) and "pattern" in schema and \
                not re.search(schema["pattern"], value):
            yield f"{where}: {value!r} does not fit {schema['pattern']}"
        if isinstance(value, list) and "items" in schema:
            for i, item in enumerate(value):
                yield from self.check(schema["items"], item, f"{where}[{i}]")
        if isinstance(value, dict):
            yield from self.check_object(schema, value, where)

    def check_object(self, schema, value, where):
        members = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{where}.{name}: absent"
        for name, item in value.items():
            if name in members:
                yield from self.check(members[name], item, f"{where}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{where}.{name}: not in the contract"


def kind_of(value):
    for kind, types in (("null", type(None)), ("boolean", bool),
                        ("integer", int), ("number", float),
                        ("string", str), ("array", list)):
        if isinstance(value, types):
            return kind
    return "object"
