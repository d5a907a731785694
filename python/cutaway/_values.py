# SPDX-License-Identifier: MIT
"""Values on their way to C and back.

C takes the arguments of a call as one array of 16-byte values `{int32 tag, int32 size, payload}` (see
cutaway_value in cutaway.h); a list is a head and its items. So each argument is packed into bytes, a call's
arguments are those bytes joined, and ctypes hands a bytes object over as a pointer. Nothing is shared
between calls or threads. Results come back in a buffer of the same values.
"""
import ctypes
import itertools
import struct

from . import _dtype
from ._library import lib, raise_error
from ._tensor import Tensor, wrap

(NONE, BOOL, INT, FLOAT, TENSOR, DTYPE, GENERATOR, BOOL_TENSOR, INT_TENSOR, FLOAT_TENSOR, INTS, TENSORS, TEXT, SLICE,
 ELLIPSIS, ELSEWHERE) = range(16)

BYTES = 16  # of a value
pack_whole = struct.Struct("i4xq").pack  # tag and integer or handle
pack_real = struct.Struct("i4xd").pack
pack_head = struct.Struct("ii8x").pack  # tag and size
NOTHING = pack_head(NONE, 0)


# ---- Python values to bytes: one encoder for each kind of parameter ----

def pack_tensor(value):
    return pack_whole(TENSOR, value._handle)


def _pack_number(value, whole_tag, bool_tag, real_tag):
    if isinstance(value, bool):
        return pack_whole(bool_tag, value)
    return pack_whole(whole_tag, value) if isinstance(value, int) else pack_real(real_tag, value)


def pack_scalar(value):
    return _pack_number(plain_number(value), INT, BOOL, FLOAT)


def pack_tensor_or_number(value):
    """A tensor, or a number that stands for one and has little say in promotion."""
    if isinstance(value, Tensor):
        return pack_whole(TENSOR, value._handle)
    return _pack_number(plain_number(value), INT_TENSOR, BOOL_TENSOR, FLOAT_TENSOR)


def plain_number(value):
    """A bool, int or float for anything that counts as a number: NumPy's scalars, 0-d tensors."""
    if isinstance(value, int) or type(value) is float:
        return value
    if hasattr(value, "item"):
        return value.item()
    return value.__index__() if hasattr(value, "__index__") else float(value)


def pack_int(value):
    return pack_whole(INT, value.__index__())


_int_packers = [struct.Struct(f"ii8x{count}q{8 * (count % 2)}x").pack for count in range(17)]


def pack_ints(values):
    count = len(values)
    if count < len(_int_packers):
        return _int_packers[count](INTS, count, *values)
    return struct.pack(f"ii8x{count}q{8 * (count % 2)}x", INTS, count, *values)


def pack_tensors(values):
    return pack_head(TENSORS, len(values)) + b"".join(
        [NOTHING if value is None else pack_whole(TENSOR, value._handle) for value in values])


def _pack_text(value):
    data = value.encode()
    return pack_head(TEXT, len(data)) + data + bytes(-len(data) % BYTES)


def _pack_dtype(value):
    return pack_whole(DTYPE, (_dtype.BY_NAME[value] if isinstance(value, str) else value)._number)


ENCODERS = {
    "Tensor": pack_tensor_or_number,
    "Scalar": pack_scalar,
    "int": pack_int,
    "float": lambda value: pack_real(FLOAT, float(value)),
    "bool": lambda value: pack_whole(BOOL, bool(value)),
    "ScalarType": _pack_dtype,
    "Generator": lambda value: pack_whole(GENERATOR, value._handle),
    "str": _pack_text,
    "int[]": pack_ints,
    "Tensor[]": pack_tensors,
    "Tensor?[]": pack_tensors,
}


def encode(parameter, value):
    """The bytes of one argument."""
    if value is None:
        return NOTHING
    try:
        return ENCODERS[parameter.kind](value)
    except struct.error:
        raise ValueError("Overflow when unpacking long long") from None


# ---- Results ----

_ROOM = 64  # values that a buffer holds
_buffers = []  # free ones: a list's append and pop are atomic, so threads may share it
_result = struct.Struct("ii8s")
_whole = struct.Struct("q")
_real = struct.Struct("d")


def call(row, data):
    """Calls a row, whatever it returns; gives its results as a list of Python values."""
    buffer = _buffers.pop() if _buffers else ctypes.create_string_buffer(BYTES * _ROOM)
    count = lib.call(row, data, len(data) // BYTES, buffer, _ROOM)
    if count < 0:
        _buffers.append(buffer)
        raise_error()
    data = buffer[:BYTES * count]
    _buffers.append(buffer)
    tag, size, payload = _result.unpack_from(data) if count else (NONE, 0, b"")
    if tag == ELSEWHERE:
        address, = _whole.unpack(payload)
        data = ctypes.string_at(address, BYTES * size)
        lib.values_free(address)
    return _unpacked(_result.iter_unpack(data))


_handles = [struct.Struct("8xq" * count).unpack_from for count in range(9)]


def call_for_tensors(row, data, count):
    """The same where the results are `count` tensors, at most 8."""
    buffer = _buffers.pop() if _buffers else ctypes.create_string_buffer(BYTES * _ROOM)
    status = lib.call(row, data, len(data) // BYTES, buffer, _ROOM)
    handles = _handles[count](buffer)
    _buffers.append(buffer)
    if status < 0:
        raise_error()
    return [wrap(handle) if handle else None for handle in handles]


def _unpacked(values):
    results = []
    for tag, size, payload in values:
        if tag == TENSOR:
            results.append(wrap(_whole.unpack(payload)[0]))
        elif tag == TENSORS:
            results.append(tuple(_unpacked(itertools.islice(values, size))))
        else:
            results.append(_plain(tag, payload))
    return results


def _plain(tag, payload):
    if tag == FLOAT:
        return _real.unpack(payload)[0]
    number, = _whole.unpack(payload)
    return bool(number) if tag == BOOL else number if tag == INT else None
