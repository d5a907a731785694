# SPDX-License-Identifier: MIT
"""Schemas: the strings of the catalogue, taken apart.

    max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)

gives the public name `max`, the overload `dim`, three parameters with types and defaults, and the names
of two results. The grammar is that of PyTorch's native_functions.yaml, as far as the catalogue uses it.
"""
import ast
import re

_PARAMETER = re.compile(r"(?P<kind>\w+)(?:\((?P<alias>[^)]*)\))?(?P<suffix>(?:\?|\[\d*\])*)"
                        r"(?:\s+(?P<name>\w+)(?:=(?P<default>.*))?)?")
_NAMED_DEFAULTS = {"None": None, "True": True, "False": False, "inf": float("inf"), "-inf": float("-inf"),
                   "Mean": 1, "contiguous_format": None, "long": "int64"}
REQUIRED = object()  # the default of a parameter that has none


class Parameter:
    """One parameter, or one result.

    kind      "Tensor", "Scalar", "int", "float", "bool", "ScalarType", "Generator", "str", or a list of them:
              "Tensor[]", "Tensor?[]", "int[]"
    optional  whether None may be given
    length    the 1 of int[1]: one int stands for so many
    alias     "a" for a result that may share the argument's memory, "a!" for what is written
    """
    __slots__ = ("name", "kind", "optional", "length", "alias", "default", "keyword_only")

    def __init__(self, text, keyword_only=False):
        found = _PARAMETER.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not a parameter of a schema: {text!r}")
        suffix = found["suffix"]
        listed = re.search(r"(\??)\[(\d*)\]", suffix)
        self.kind = found["kind"]
        self.length = 0
        if listed:
            self.kind += ("?" if listed[1] else "") + "[]"
            self.length = int(listed[2] or 0)
        self.kind = {"SymInt": "int", "SymInt[]": "int[]", "number": "Scalar"}.get(self.kind, self.kind)
        self.optional = suffix.endswith("?")
        self.name = found["name"]
        self.alias = found["alias"] or ""
        self.keyword_only = keyword_only
        self.default = REQUIRED if found["default"] is None else _default_of(found["default"])

    @property
    def is_required(self):
        return self.default is REQUIRED


def _default_of(text):
    return _NAMED_DEFAULTS[text] if text in _NAMED_DEFAULTS else ast.literal_eval(text)


def _split(text):
    """At the commas that stand in no bracket and no text."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        depth += (character in "([") - (character in ")]")
        quoted ^= character == "'"
        if character == "," and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


class Schema:
    """A row of the catalogue as Python sees it."""
    __slots__ = ("text", "full_name", "name", "parameters", "results", "max_positional", "min_arguments")

    def __init__(self, text):
        head, _, results = text.partition(" -> ")
        self.text = text
        self.full_name, _, inside = head.partition("(")
        self.name = self.full_name.partition(".")[0]
        self.parameters, keyword_only = [], False
        for part in _split(inside[:-1]):
            if part == "*":
                keyword_only = True
            else:
                self.parameters.append(Parameter(part, keyword_only))
        results = results.strip()
        listed = results.startswith("(") and results.endswith(")")
        self.results = [Parameter(part) for part in (_split(results[1:-1]) if listed else [results])]
        self.max_positional = sum(not parameter.keyword_only for parameter in self.parameters)
        self.min_arguments = sum(parameter.is_required for parameter in self.parameters)

    @property
    def writes_self(self):
        """Whether it is an in-place op: writes its first argument and returns it."""
        return bool(self.parameters) and self.parameters[0].alias.endswith("!")

    @property
    def is_view(self):
        return bool(self.results) and bool(self.results[0].alias)

    @property
    def returns_one_tensor(self):
        return len(self.results) == 1 and self.results[0].kind == "Tensor"

    def __repr__(self):
        return f"<schema {self.text}>"
