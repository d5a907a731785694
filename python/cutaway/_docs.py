# SPDX-License-Identifier: MIT
"""What help(cutaway.gather) says: the schemas, then the contract that stands above the C++ declaration.

`make python` copies those comments from the headers into op_docs.json (python/write_op_docs.py); the header
is the only place where they are written. Without that file only the schemas are shown.
"""
import inspect
import json
import keyword
import pathlib


def _read():
    path = pathlib.Path(__file__).with_name("op_docs.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


_contracts = _read()


def contract_of(name):
    """The contract of a public op, or ""."""
    return _contracts.get(name, "")


def signature_of(overloads, is_method):
    """What inspect.signature shows; None (arguments of any kind) where there are several overloads."""
    if len(overloads) != 1:
        return None
    shown = []
    for parameter in overloads[0].parameters:
        name = "input" if parameter.name == "self" and not is_method else parameter.name
        kind = inspect.Parameter.KEYWORD_ONLY if parameter.keyword_only else inspect.Parameter.POSITIONAL_OR_KEYWORD
        default = inspect.Parameter.empty if parameter.is_required else parameter.default
        shown.append(inspect.Parameter(name if name not in keyword.kwlist else name + "_", kind, default=default))
    try:
        return inspect.Signature(shown)
    except ValueError:  # a required parameter after one that is not, which schemas may have
        return None


def text_of(name, overloads):
    """The __doc__ of a function."""
    schemas = "\n".join(each.schema.text for each in overloads)
    name = name.partition(".")[0]
    home = f"torch.Tensor.{name}" if name.endswith("_") else f"torch.{name}"
    return "\n\n".join(part for part in (schemas, contract_of(name), f"PyTorch counterpart: {home}") if part)
