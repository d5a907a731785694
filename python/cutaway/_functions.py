# SPDX-License-Identifier: MIT
"""Every op as a function and as a method, made from the catalogue when the package is imported.

A row `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` becomes one
overload of `cutaway.max` and `Tensor.max`. Rows whose name begins with an underscore, and the halves of ops
that only autograd calls, are not shown; `rows` holds all of them by full name, for tools.

A call goes one of three ways, which end in the same C call. f(tensor) and f(tensor, tensor or number) are
made in advance: they pack and call. Others are resolved as PyTorch's parser does (_arguments.py) the first time
that arguments of these types and names come, and by a plan that was kept (_plans.py) from then on. What this costs
above the op is measured by tests/bench/python_call.py: less than 2 microseconds.
"""
import struct
import warnings

from . import _docs, _plans, _results, _values
from ._arguments import Overload, resolve
from ._library import lib, raise_error
from ._schema import Schema
from ._tensor import Tensor, _rows, wrap

functions = {}  # public name -> function
methods = {}  # public name -> method of Tensor

# Where a number will do for the tensor named: PyTorch has overloads with a Scalar there.
_NUMBER_FOR_OTHER = """add sub mul div subtract multiply divide true_divide floor_divide remainder fmod rsub eq ne lt
    le gt ge not_equal less less_equal greater greater_equal bitwise_and bitwise_or bitwise_xor bitwise_left_shift
    bitwise_right_shift xlogy copysign float_power pow where""".split()
_NUMBER_FOR_SELF = """add sub mul div multiply remainder floor_divide bitwise_and bitwise_or bitwise_xor
    bitwise_left_shift bitwise_right_shift xlogy float_power pow where""".split()
_FACTORY_KEYWORDS = ("device", "layout", "pin_memory", "requires_grad", "memory_format")

# Shorter forms of rows: schema, row, and how its arguments are made of the shorter form's.
_SHORT_FORMS = [
    ("arange(Scalar end, *, ScalarType? dtype=None) -> Tensor", "arange", lambda end, dtype: (0, end, 1, dtype)),
    ("randint(int high, int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", "randint",
     lambda high, size, dtype, generator: (0, high, size, dtype, generator)),
]


# ---- From rows to overloads ----

def read_catalogue():
    """All rows by full name: (schema, row)."""
    found = {}
    for i in range(lib.op_count()):
        row = lib.op_at(i)
        schema = Schema(lib.op_schema(row).decode())
        found[schema.full_name] = schema, row
    return found


def _is_public(schema):
    return not (schema.name.startswith("_") or schema.name.endswith(("_backward", "_backward_data", "_forward")))


def _overload(schema, row, complete=None, row_parameters=None):
    base = schema.name.rstrip("_")
    takes = {"other", "exponent"} if base in _NUMBER_FOR_OTHER else {"src"} if base == "copy" else set()
    if base in _NUMBER_FOR_SELF and not schema.writes_self:
        takes.add("self")
    takes_dtype = any(parameter.name == "dtype" for parameter in schema.parameters)
    makes_tensor = takes_dtype and (schema.name.endswith("_like") or schema.name.startswith("new_")
                                    or not any(each.kind.startswith("Tensor") for each in schema.parameters))
    return Overload(schema, row, takes, _FACTORY_KEYWORDS if makes_tensor else (), complete,
                    row_parameters)


def _is_tried_before(a, b):
    """PyTorch's order: a 0-d tensor counts as a number, so the overload for tensors comes first."""
    kinds = [(x.kind, y.kind) for x, y in zip(a.parameters, b.parameters)]
    weaker = {("Tensor", "Scalar"), ("int", "int[]"), ("Tensor", "float"), ("Tensor", "int")}
    return (len(a.parameters) == len(b.parameters) and all(x == y or (x, y) in weaker for x, y in kinds)
            and any(x != y for x, y in kinds))


def _group(catalogue):
    """Public name -> overloads in the order in which they are tried."""
    groups = {}
    for schema, row in catalogue.values():
        if _is_public(schema):
            group = groups.setdefault(schema.name, [])
            place = next((i for i, other in enumerate(group) if _is_tried_before(schema, other.schema)), len(group))
            group.insert(place, _overload(schema, row))
    for text, name, complete in _SHORT_FORMS:
        schema = Schema(text)
        group = groups.get(schema.name)
        if group and not any(len(each.parameters) == len(schema.parameters) for each in group):
            group.insert(0, _overload(schema, catalogue[name][1], complete, catalogue[name][0].parameters))
    return groups


# ---- The way of all calls ----

def _packed(overload, values):
    """The bytes of a call's arguments."""
    if overload.complete:
        values = overload.complete(*values)
    return b"".join([_values.encode(*pair) for pair in zip(overload.row_parameters, values)])


def invoke(overload, values):
    """Calls the row with one value per parameter."""
    schema = overload.schema
    data = _packed(overload, values)
    if schema.returns_one_tensor:
        handle = lib.call_1(overload.row, data, len(data) // _values.BYTES)
        first = values[0] if values else None
        if handle is not None and isinstance(first, Tensor) and handle == first._handle:
            return first
        return wrap(handle)
    return _results.joined(schema, _values.call(overload.row, data))


def _call_resolved(overloads, args, keywords, is_method, plans, key):
    out = keywords.pop("out", None) if "out" in keywords and _takes_out(overloads) else None
    overload, values = resolve(overloads, args, keywords, is_method)
    if out is not None:
        return _write_out(overload, values, out)
    plans[key] = _plans.make(overloads, overload, args, keywords, is_method)
    result = invoke(overload, values)
    if keywords and overload.extra_keywords:
        if keywords.get("device") is not None:
            result.to(device=keywords["device"])
        if keywords.get("requires_grad"):
            result.requires_grad_()
    return result


# ---- out= ----

def _takes_out(overloads):
    schema = overloads[0].schema
    return not schema.writes_self and not schema.is_view and schema.results[0].kind == "Tensor"


def _write_out(overload, values, out):
    """Calls the row with a place for its results."""
    schema = overload.schema
    outs = out if isinstance(out, (tuple, list)) else (out,)
    if isinstance(out, Tensor) is (len(schema.results) > 1) or not all(isinstance(each, Tensor) for each in outs):
        wanted = "Tensor" if len(schema.results) == 1 else "tuple of Tensors"
        raise TypeError(f"{schema.name}(): argument 'out' must be {wanted}, not {type(out).__name__}")
    data = _packed(overload, values)
    handles = struct.pack(f"{len(outs)}q", *(each._handle for each in outs))
    shapes = [each.shape for each in outs]
    if lib.call_out(overload.row, data, len(data) // _values.BYTES, handles, len(outs)) < 0:
        raise_error()
    for target, shape in zip(outs, shapes):
        _warn_where_resized(target, shape)
    return out if len(outs) == 1 else _results.joined(schema, outs, "_out")


def _warn_where_resized(target, shape):
    if 0 not in shape and target.shape != shape:
        warnings.warn("An output with one or more elements was resized since it had shape "
                      f"{list(shape)}, which does not match the required output shape {list(target.shape)}. "
                      "This behavior is deprecated, and in a future PyTorch release outputs will not be resized unless "
                      "they have zero elements. You can explicitly reuse an out tensor t by resizing it, inplace, to "
                      "zero elements with t.resize_(0).", stacklevel=4)


# ---- The short ways ----

_TAGS = {  # type of the second argument, kind of its parameter -> tag
    (Tensor, "Tensor"): _values.TENSOR,
    (int, "Tensor"): _values.INT_TENSOR, (int, "Scalar"): _values.INT, (int, "int"): _values.INT,
    (float, "Tensor"): _values.FLOAT_TENSOR, (float, "Scalar"): _values.FLOAT,
}


def _defaults_from(overload, start):
    """The packed defaults of the parameters from `start` on; None if one has none."""
    rest = overload.parameters[start:]
    if any(parameter.is_required for parameter in rest):
        return None
    return b"".join([_values.encode(parameter, parameter.default) for parameter in rest])


def _unary_plan(overloads):
    """(row, packed defaults) for f(tensor), where the first overload that takes it returns one tensor."""
    for overload in overloads:
        rest = _defaults_from(overload, 1)
        if rest is not None and overload.schema.max_positional and overload.parameters[0].kind == "Tensor":
            simple = overload.schema.returns_one_tensor and not overload.complete
            return (overload.row, rest) if simple else None
    return None


def _overload_for(overloads, second):
    """The overload that f(tensor, x) means for every x of type `second`; None where it depends on x."""
    takes_it_as_tensor = None
    for overload in overloads:
        if (overload.schema.max_positional < 2 or overload.parameters[0].kind != "Tensor"
                or _defaults_from(overload, 2) is None):
            continue
        parameter = overload.parameters[1]
        if parameter.kind == "Tensor":
            if second is Tensor:
                return overload
            if parameter.name in overload.takes_numbers:
                takes_it_as_tensor = takes_it_as_tensor or overload
        elif parameter.kind == "int[]" or second is Tensor and parameter.kind != "Tensor[]":
            return None
        elif (second, parameter.kind) in _TAGS:
            return overload
    return takes_it_as_tensor


def _binary_plan(overloads, second):
    """For f(tensor, x) with x of type `second`: a function of both that gives the result's handle, or None."""
    overload = _overload_for(overloads, second)
    if overload is None or overload.complete or not overload.schema.returns_one_tensor:
        return None
    tag, rest = _TAGS[second, overload.parameters[1].kind], _defaults_from(overload, 2)
    row, count = overload.row, len(rest) // _values.BYTES
    call_t, call_tt, new, kind = lib.call_t, lib.call_tt, object.__new__, Tensor
    pack = _values.pack_real if second is float else _values.pack_whole

    def two_tensors(a, b):
        handle = call_tt(row, a._handle, b._handle, rest, count) or raise_error()
        if handle == a._handle:
            return a
        result = new(kind)
        result._handle = handle
        return result

    def tensor_and_number(a, b):
        try:
            handle = call_t(row, a._handle, pack(tag, b) + rest, count + 1) or raise_error()
        except struct.error:
            raise ValueError("Overflow when unpacking long long") from None
        if handle == a._handle:
            return a
        result = new(kind)
        result._handle = handle
        return result

    return two_tensors if second is Tensor else tensor_and_number


def _make(name, overloads, is_method):
    """The function (or method) `name`."""
    unary_row, rest = _unary_plan(overloads) or (None, b"")
    rest_count = len(rest) // _values.BYTES
    binary_plans = {each: _binary_plan(overloads, each) for each in (Tensor, int, float)}
    plans = {}  # of all other calls
    call_t, new, kind = lib.call_t, object.__new__, Tensor

    def function(*args, **keywords):
        values, given = args, len(args)
        if given == 1 and not keywords and unary_row is not None and type(args[0]) is kind:
            first, = args
            handle = call_t(unary_row, first._handle, rest, rest_count) or raise_error()
            if handle == first._handle:
                return first
            result = new(kind)
            result._handle = handle
            return result
        if given == 2 and not keywords and type(args[0]) is kind:
            key = type(args[1])
            plan = binary_plans.get(key)
            if plan is not None:
                return plan(*args)
        elif given == 1 and len(keywords) == 1:  # what follows, in short
            for name, value in keywords.items():
                values, key = (args[0], value), (type(args[0]), name, type(value))
        else:
            kinds = []
            for value in args:
                kinds.append(type(value))
            for name, value in keywords.items():
                values += (value,)
                kinds += (name, type(value))
            key = tuple(kinds)
        plan = plans.get(key)
        if plan is not None:
            result = plan(values)
            if result is not NotImplemented:
                return result
        return _call_resolved(overloads, args, keywords, is_method, plans, key)

    function.binary_plans = binary_plans
    function.__name__ = name
    function.__qualname__ = f"Tensor.{name}" if is_method else name
    function.__module__ = "cutaway"
    function.__doc__ = _docs.text_of(name, overloads)
    function.__signature__ = _docs.signature_of(overloads, is_method)
    return function


# ---- Install ----

def _method_order(overload):
    """The overload with `self` first: x.where(condition, other). None where no parameter is called self."""
    parameters = overload.parameters
    place = next((i for i, each in enumerate(parameters) if each.name == "self" and each.kind == "Tensor"), None)
    if place is None or place == 0:
        return None if place is None else overload
    schema = Schema(overload.schema.text)
    schema.parameters.insert(0, schema.parameters.pop(place))
    return Overload(schema, overload.row, overload.takes_numbers, overload.extra_keywords,
                    lambda self, *rest: (*rest[:place], self, *rest[place:]), parameters)


def in_namespace(prefix):
    """The functions of torch.linalg and so on: linalg_svd is linalg.svd."""
    return {name[len(prefix):]: function for name, function in functions.items() if name.startswith(prefix)}


def _install():
    catalogue = read_catalogue()
    for full_name, (schema, row) in catalogue.items():
        _rows[full_name] = _make(full_name, [_overload(schema, row)], is_method=False)
    for name, overloads in _group(catalogue).items():
        functions[name] = _make(name, overloads, is_method=False)
        as_methods = [each for each in map(_method_order, overloads) if each is not None]
        if as_methods and not hasattr(object, name):
            methods[name] = _make(name, as_methods, is_method=True)
            if name not in Tensor.__dict__:
                setattr(Tensor, name, methods[name])


_install()
rows = _rows
