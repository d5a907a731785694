# SPDX-License-Identifier: MIT
"""Calls that were made before, in short.

Which overload a call means, and which argument goes where, nearly always follows from the types of its
arguments alone. So the first call of a kind is resolved in full (_arguments.py), and what came of it is kept
under those types as a plan: the row, the bytes of all defaults, and which argument is packed into which
place. The next call of that kind only packs. Where values decide (a 0-d tensor counts as a number) nothing is
kept. An argument that cannot be packed after all, such as a list that holds a text, sends the call back to
the long way, which knows what to say.
"""
import struct

from . import _values
from ._tensor import Tensor

_PACKING_FAILED = (struct.error, AttributeError, TypeError, ValueError, OverflowError)
_NUMBERS = ("Scalar", "int", "float", "bool")


class Plan:
    __slots__ = ("row", "schema", "returns_one_tensor", "result_type", "count", "template", "steps", "first")

    def pack(self, values):
        """The arguments as C takes them; None where one does not fit after all."""
        parts = self.template.copy()
        try:
            for place, encode, source in self.steps:
                parts[place] = encode(values[source])
        except _PACKING_FAILED:
            return None
        return b"".join(parts)


def key_of(args, keywords):
    """What a plan is kept under."""
    if not keywords:
        return tuple(map(type, args))
    return (tuple(map(type, args)), *keywords, *map(type, keywords.values()))


def values_of(args, keywords):
    """The list that a plan's sources count in."""
    return (*args, *keywords.values()) if keywords else args


def make(overloads, overload, args, keywords, is_method):
    """The plan of a call that `overload` takes; None where another call of these types may mean another one."""
    if _depends_on_values(overloads, args, keywords):
        return None
    sources = overload.sources(args, keywords, is_method)
    if sources is None:
        return None
    if overload.complete:
        sources = overload.complete(*sources)
    plan = Plan()
    plan.row, plan.schema = overload.row, overload.schema
    plan.returns_one_tensor = overload.schema.returns_one_tensor
    plan.result_type = None  # set where several tensors come back
    plan.template, plan.steps, plan.first = [], [], None
    for place, (parameter, source) in enumerate(zip(overload.row_parameters, sources)):
        if not isinstance(source, Source):
            plan.template.append(_values.encode(parameter, source))
            continue
        given = values_of(args, keywords)[source.place]
        plan.template.append(_values.NOTHING)
        if given is not None:
            plan.steps.append((place, _encoder(parameter, given), source.place))
        if place == 0 and isinstance(given, Tensor):
            plan.first = source.place
    return plan


class Source:
    """Stands for the argument at `place`: a number, or a slice for x.view(2, 3)."""
    __slots__ = ("place",)

    def __init__(self, place):
        self.place = place


def _encoder(parameter, given):
    """The encoder of a parameter for values of this type."""
    if parameter.kind == "Tensor" and isinstance(given, Tensor):
        return _values.pack_tensor
    if parameter.kind == "int[]" and not isinstance(given, (tuple, list)):
        return lambda value: _values.pack_ints([value] * parameter.length)
    return _values.ENCODERS[parameter.kind]


def _depends_on_values(overloads, args, keywords):
    for place, value in enumerate(args):
        kinds = [each.parameters[place].kind for each in overloads if place < len(each.parameters)]
        if _is_open(value, kinds):
            return True
    for name, value in keywords.items():
        kinds = [parameter.kind for each in overloads for parameter in each.parameters if parameter.name == name]
        known = kinds or name == "input"  # else it is a name of NumPy's
        if isinstance(value, (tuple, list)) and len(overloads) > 1 or isinstance(value, Tensor) and not known:
            return True
        if isinstance(value, Tensor) and _is_open(value, kinds):
            return True
    return False


def _is_open(value, kinds):
    """Whether it depends on the value, not its type alone, which of these kinds it is taken for."""
    if isinstance(value, Tensor):
        return any(kind in _NUMBERS or kind == "int[]" for kind in kinds)
    if isinstance(value, (tuple, list)):
        return sum(kind.endswith("[]") for kind in kinds) > 1
    return False
