# SPDX-License-Identifier: MIT
"""Values on their way to C and back.

C takes the arguments of a call as one array of 16-byte values `{int32 tag, int32 size, payload}` (see
cutaway_value in cutaway.h); a list is a head and its items. So each argument is packed into bytes, a call's
arguments are those bytes joined, and ctypes hands a bytes object over as a pointer. Nothing is shared
between calls or threads. Results come back in a buffer of the same values.
"""
import ctypes
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
for _each in _dtype.ALL:
    _each._packed = pack_whole(DTYPE, _each._number)


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


def _list_packer(count):
    return struct.Struct(f"ii8x{count}q{8 * (count % 2)}x").pack  # items fill whole values


_list_packers = [_list_packer(count) for count in range(17)]


def pack_ints(values):
    count = len(values)
    return (_list_packers[count] if count < 17 else _list_packer(count))(INTS, count, *values)


def pack_tensors(values):
    count, handles = len(values), [0 if value is None else value._handle for value in values]
    return (_list_packers[count] if count < 17 else _list_packer(count))(TENSORS, count, *handles)


def _pack_text(value):
    data = value.encode()
    return pack_head(TEXT, len(data)) + data + bytes(-len(data) % BYTES)


def _pack_dtype(value):
    return (_dtype.BY_NAME[value] if isinstance(value, str) else value)._packed


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
_buffers = []  # free ones, with their addresses; a list's append and pop are atomic, so threads may share it
_result = struct.Struct("iiq").unpack_from  # tag, size, and a whole number or a handle
_real = struct.Struct("8xd").unpack_from
_FEW = 17
_new = object.__new__
_handle_readers = [struct.Struct(f"{count}q").unpack_from for count in range(_FEW)]


def new_buffer(bytes):
    buffer = ctypes.create_string_buffer(bytes)
    return buffer, ctypes.addressof(buffer)


def call(row, data):
    """Calls a row, whatever it returns; gives its results as a list of Python values."""
    buffer, address = pair = _buffers.pop() if _buffers else new_buffer(BYTES * _ROOM)
    count = lib.call(row, data, len(data) // BYTES, address, _ROOM)
    if count < 0:
        _buffers.append(pair)
        raise_error()
    tag, size, elsewhere = _result(buffer)
    if tag == TENSORS and size < _FEW and count == 1 + (size + 1) // 2:  # one list and nothing else
        tensors = []  # as wrap() makes them: a call of it for each would be a tenth of what split costs
        for handle in _handle_readers[size](buffer, BYTES):
            tensor = None
            if handle:
                tensor = _new(Tensor)
                tensor._handle = handle
            tensors.append(tensor)
        results = [tuple(tensors)]
    elif count and tag == ELSEWHERE:
        results = _unpacked(ctypes.string_at(elsewhere, BYTES * size), BYTES * size)
        lib.values_free(elsewhere)
    else:
        results = _unpacked(buffer, BYTES * count)
    _buffers.append(pair)
    return results


def _unpacked(data, end):
    results, place = [], 0
    while place < end:
        tag, size, payload = _result(data, place)
        if tag == TENSOR:
            results.append(wrap(payload))
        elif tag == TENSORS:
            read = _handle_readers[size] if size < _FEW else struct.Struct(f"{size}q").unpack_from
            results.append(tuple([wrap(handle) if handle else None for handle in read(data, place + BYTES)]))
            place += BYTES * ((size + 1) // 2)
        elif tag == FLOAT:
            results += _real(data, place)
        else:
            results.append(bool(payload) if tag == BOOL else payload if tag == INT else None)
        place += BYTES
    return results
