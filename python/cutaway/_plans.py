# SPDX-License-Identifier: MIT
"""Calls that were made before, in short.

Which overload a call means, and which argument goes where, nearly always follows from the types of its
arguments alone. So the first call of a kind is resolved in full (_arguments.py), and what came of it is kept
under those types as a plan. The plan is a function of the call's values that does three things only:

    pack    Defaults, tags and what is absent were packed when the plan was made; each argument that is left
            has an encoder for exactly its type, nearly always a function of C (Struct.pack with its tags
            filled in). Tensors in the first two places need none: C takes them beside the packed rest.
    call    One C function, the shortest that will do.
    wrap    The handle becomes a Tensor; the handle of the first argument, which in-place ops give back,
            becomes that argument.

Where values decide (a 0-d tensor counts as a number) nothing is kept. An argument that cannot be packed after
all, such as a list that holds a text, gives NotImplemented: the call then goes the long way, which knows what
to say. Plans keep nothing between calls, so that threads may share them.
"""
import struct
from functools import partial
from operator import attrgetter, itemgetter

from . import _dtype, _results, _values
from ._library import lib, raise_error
from ._tensor import Tensor, wrap

_PACKING_FAILED = (struct.error, AttributeError, TypeError, ValueError, OverflowError)
_NUMBERS = ("Scalar", "int", "float", "bool")


def make(overloads, overload, args, keywords, is_method):
    """The plan of a call that `overload` takes; None where another call of these types may mean another one."""
    if _depends_on_values(overloads, overload, args, keywords):
        return None
    sources = overload.sources(args, keywords, is_method)
    if sources is None:
        return None
    plan = _plan_from(sources, overload, args, keywords)
    if overload.extra_keywords and "requires_grad" in keywords:
        return _then_requires_grad(plan, len(args) + list(keywords).index("requires_grad"))
    return plan


def _plan_from(sources, overload, args, keywords):
    values = (*args, *keywords.values())
    if overload.complete:
        sources = overload.complete(*sources)
    schema, arguments = overload.schema, list(zip(overload.row_parameters, sources))
    if schema.returns_one_tensor:
        leading = _leading_tensors(arguments, values)
        return _FOR_ONE_TENSOR[len(leading)](overload.row, _packer(arguments[len(leading):], values), *leading)
    leading = _leading_tensors(arguments[:1], values)
    if leading and len(schema.results) == 2 and all(each.kind == "Tensor" for each in schema.results):
        return _for_two_results(overload.row, _packer(arguments[1:], values), *leading, _results.type_of(schema))
    return _for_anything(overload.row, _packer(arguments, values), schema)


class Source:
    """Stands for the argument at `place`: a number, or a slice for x.view(2, 3)."""
    __slots__ = ("place",)

    def __init__(self, place):
        self.place = place


# ---- Pack ----

_ENCODERS = {  # kind of the parameter, type of the value
    ("Scalar", bool): partial(_values.pack_whole, _values.BOOL),
    ("Scalar", int): partial(_values.pack_whole, _values.INT),
    ("Scalar", float): partial(_values.pack_real, _values.FLOAT),
    ("Tensor", bool): partial(_values.pack_whole, _values.BOOL_TENSOR),
    ("Tensor", int): partial(_values.pack_whole, _values.INT_TENSOR),
    ("Tensor", float): partial(_values.pack_real, _values.FLOAT_TENSOR),
    ("Tensor", Tensor): _values.pack_tensor,
    ("bool", bool): partial(_values.pack_whole, _values.BOOL),
    ("int", int): partial(_values.pack_whole, _values.INT),
    ("float", int): partial(_values.pack_real, _values.FLOAT),
    ("float", float): partial(_values.pack_real, _values.FLOAT),
    ("ScalarType", _dtype.dtype): attrgetter("_packed"),
}


def _encoder(parameter, given):
    """The encoder of a parameter for values of this type."""
    if parameter.kind == "int[]" and not isinstance(given, (tuple, list)):
        if parameter.length == 1:
            return partial(struct.Struct("ii8xq8x").pack, _values.INTS, 1)
        return lambda value: _values.pack_ints([value] * parameter.length)
    return _ENCODERS.get((parameter.kind, type(given))) or _values.ENCODERS[parameter.kind]


def _leading_tensors(arguments, values):
    """The places of the tensors among the first two arguments of the row."""
    places = []
    for _, source in arguments[:2]:
        if not isinstance(source, Source) or not isinstance(values[source.place], Tensor):
            break
        places.append(source.place)
    return places


_ALL = slice(None)


def _packer(arguments, values):
    """How these arguments are packed: (encode, place, tail) for encode(values[place]) + tail."""
    template, steps = [], []
    for parameter, source in arguments:
        given = values[source.place] if isinstance(source, Source) else source
        if isinstance(source, Source) and given is not None:
            steps.append((len(template), _encoder(parameter, given), source.place))
            template.append(b"")
        else:
            template.append(_values.encode(parameter, given))
    if not steps:
        constant = b"".join(template)
        return lambda values: constant, _ALL, b""
    if len(steps) == 1 and steps[0][0] == 0:
        return *steps[0][1:], b"".join(template)

    if [position for position, _, _ in steps] == [0, 1]:
        (_, first, a), (_, second, b) = steps
        return lambda values: first(values[a]) + second(values[b]), _ALL, b"".join(template)

    def encode_each(values):
        parts = template.copy()
        for position, encode, place in steps:
            parts[position] = encode(values[place])
        return b"".join(parts)
    return encode_each, _ALL, b""


# ---- Call and wrap: by the number of leading tensors, and what comes back ----

def _for_no_tensor(row, packer):
    encode, place, tail = packer
    call_1 = lib.call_1

    def plan(values):
        try:
            data = encode(values[place]) + tail
        except _PACKING_FAILED:
            return NotImplemented
        return wrap(call_1(row, data, len(data) >> 4))
    return plan


def _for_one_leading(row, packer, first):
    encode, place, tail = packer
    call_t, new, kind = lib.call_t, object.__new__, Tensor

    def plan(values):
        try:
            rest = encode(values[place]) + tail
        except _PACKING_FAILED:
            return NotImplemented
        tensor = values[first]
        handle = call_t(row, tensor._handle, rest, len(rest) >> 4) or raise_error()
        if handle == tensor._handle:
            return tensor
        result = new(kind)
        result._handle = handle
        return result
    return plan


def _for_two_leading(row, packer, first, second):
    encode, place, tail = packer
    call_tt, new, kind = lib.call_tt, object.__new__, Tensor

    def plan(values):
        try:
            rest = encode(values[place]) + tail
        except _PACKING_FAILED:
            return NotImplemented
        tensor = values[first]
        handle = call_tt(row, tensor._handle, values[second]._handle, rest, len(rest) >> 4) or raise_error()
        if handle == tensor._handle:
            return tensor
        result = new(kind)
        result._handle = handle
        return result
    return plan


_FOR_ONE_TENSOR = (_for_no_tensor, _for_one_leading, _for_two_leading)


_two_handles = struct.Struct("qq").unpack_from
_buffers = []  # free ones, with their addresses; as in _values.py


def _for_two_results(row, packer, first, result_type):
    encode, place, tail = packer
    call, new, kind = lib.call_pair, object.__new__, Tensor

    def plan(values):
        try:
            rest = encode(values[place]) + tail
        except _PACKING_FAILED:
            return NotImplemented
        buffer, address = pair = _buffers.pop() if _buffers else _values.new_buffer(16)
        status = call(row, values[first]._handle, rest, len(rest) >> 4, address)
        handle_a, handle_b = _two_handles(buffer)
        _buffers.append(pair)
        if status < 0:
            raise_error()
        a = new(kind)
        a._handle = handle_a
        b = new(kind)
        b._handle = handle_b
        return result_type((a, b) if handle_a and handle_b else (a if handle_a else None, b if handle_b else None))
    return plan


def _for_anything(row, packer, schema):
    encode, place, tail = packer
    call, joined = _values.call, partial(_results.joined, schema)
    if len(schema.results) == 1:
        joined = itemgetter(0)

    def plan(values):
        try:
            data = encode(values[place]) + tail
        except _PACKING_FAILED:
            return NotImplemented
        return joined(call(row, data))
    return plan


def _then_requires_grad(plan, place):
    """For factories: zeros(3, requires_grad=True)."""
    def plan_of_leaf(values):
        result = plan(values)
        if values[place] and result is not NotImplemented:
            result.requires_grad_()
        return result
    return plan_of_leaf


# ---- Is the type enough? ----

def _depends_on_values(overloads, overload, args, keywords):
    """Whether other values of these types may mean another overload, or none."""
    tried = overloads  # those that had their chance before this one was found
    if all(isinstance(value, Tensor) for value in (*args, *keywords.values())):
        tried = overloads[:overloads.index(overload) + 1]
    for place, value in enumerate(args):
        if _is_open(value, [each.parameters[place].kind for each in tried if place < len(each.parameters)]):
            return True
    for name, value in keywords.items():
        kinds = [parameter.kind for each in tried for parameter in each.parameters if parameter.name == name]
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
