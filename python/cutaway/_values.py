# SPDX-License-Identifier: MIT
"""Values on their way to C and back.

C takes the arguments of a call as one array of 16-byte values `{int32 tag, int32 size, payload}` (see
cutaway_value in cutaway.h); a list is a head and its items. Here a call's values are collected as one flat
list of numbers and a letter per payload (q: 64-bit integer, d: float), then packed by one struct.pack into a
bytes object, which ctypes hands over as a pointer. A bytes object belongs to one call, so nothing is shared
between threads.
"""
import ctypes
import struct

from . import _dtype
from ._library import lib, raise_error
from ._tensor import Tensor, wrap

(NONE, BOOL, INT, FLOAT, TENSOR, DTYPE, GENERATOR, BOOL_TENSOR, INT_TENSOR, FLOAT_TENSOR, INTS, FLOATS, TENSORS,
 OPTIONAL_TENSORS, TEXT, SLICE, ELLIPSIS, ELSEWHERE) = range(18)

_ROOM = 64  # values that a result buffer holds
_buffers = []  # free ones: a list's append and pop are atomic, so threads may share it
_packers = {}  # "qd" -> Struct("iiqiid").pack
_real = struct.Struct("d")
_whole = struct.Struct("q")


class Packing:
    """Collects the values of one call."""
    __slots__ = ("letters", "flat", "kept")

    def __init__(self):
        self.letters, self.flat, self.kept = [], [], []

    def add(self, tag, payload=0, size=0, letter="q"):
        self.letters.append(letter)
        self.flat += (tag, size, payload)

    def none(self):
        self.add(NONE)

    def tensor(self, tensor):
        self.add(TENSOR, tensor._handle)

    def number(self, value):
        """A bool, an int or a float, by its Python type."""
        if isinstance(value, bool):
            self.add(BOOL, value)
        elif isinstance(value, int):
            self.add(INT, value)
        else:
            self.add(FLOAT, value, letter="d")

    def number_as_tensor(self, value):
        if isinstance(value, bool):
            self.add(BOOL_TENSOR, value)
        elif isinstance(value, int):
            self.add(INT_TENSOR, value)
        else:
            self.add(FLOAT_TENSOR, value, letter="d")

    def ints(self, values):
        self.add(INTS, size=len(values))
        for value in values:
            self.add(INT, value)

    def text(self, value):
        data = value.encode()
        self.add(TEXT, size=len(data))
        for start in range(0, len(data), 16):
            self.letters.append("s")
            self.flat.append(data[start:start + 16])

    def keep(self, thing):
        """Holds an object that was made for the call until the call is over."""
        self.kept.append(thing)
        return thing

    def __len__(self):
        return len(self.letters)

    def pack(self):
        letters = "".join(self.letters)
        packer = _packers.get(letters)
        if packer is None:
            fields = {"q": "iiq", "d": "iid", "s": "16s"}
            packer = _packers[letters] = struct.Struct("".join(fields[letter] for letter in letters)).pack
        try:
            return packer(*self.flat)
        except struct.error:
            raise ValueError("Overflow when unpacking long long") from None


def call(row, packing):
    """Calls a row, whatever it returns; gives its results as a list of Python values."""
    buffer = _buffers.pop() if _buffers else ctypes.create_string_buffer(16 * _ROOM)
    count = lib.call(row, packing.pack(), len(packing), buffer, _ROOM)
    if count < 0:
        raise_error()
    data = buffer.raw[:16 * count]
    _buffers.append(buffer)
    values = list(struct.iter_unpack("ii8s", data))
    if values and values[0][0] == ELSEWHERE:
        _, count, address = values[0]
        address, = _whole.unpack(address)
        values = list(struct.iter_unpack("ii8s", ctypes.string_at(address, 16 * count)))
        lib.values_free(address)
    return _unpacked(iter(values))


def _unpacked(values):
    results = []
    for tag, size, payload in values:
        if tag == TENSORS:
            results.append(tuple(_unpacked([next(values) for _ in range(size)])))
        elif tag == FLOAT:
            results.append(_real.unpack(payload)[0])
        else:
            number, = _whole.unpack(payload)
            results.append(wrap(number) if tag == TENSOR else bool(number) if tag == BOOL
                           else number if tag == INT else None)
    return results


# ---- One encoder for each kind of parameter ----

def _encode_tensor(packing, value):
    if isinstance(value, Tensor):
        packing.tensor(value)
    else:
        packing.number_as_tensor(plain_number(value))


def _encode_list(head, item):
    def encode(packing, values):
        packing.add(head, size=len(values))
        for value in values:
            item(packing, value)
    return encode


def _encode_optional_tensor(packing, value):
    packing.none() if value is None else packing.tensor(value)


def _encode_generator(packing, value):
    packing.add(GENERATOR, value._handle)


def plain_number(value):
    """A bool, int or float for anything that counts as a number: NumPy's scalars, 0-d tensors."""
    if isinstance(value, (bool, int)) or type(value) is float:
        return value
    if hasattr(value, "item"):
        return value.item()
    return value.__index__() if hasattr(value, "__index__") else float(value)


def _scalar(packing, value):
    packing.number(plain_number(value))


def _int(packing, value):
    packing.add(INT, value.__index__())


def _float(packing, value):
    packing.add(FLOAT, float(value), letter="d")


def _bool(packing, value):
    packing.add(BOOL, bool(value))


def _dtype_number(packing, value):
    packing.add(DTYPE, (_dtype.BY_NAME[value] if isinstance(value, str) else value)._number)


ENCODERS = {
    "Tensor": _encode_tensor,
    "Scalar": _scalar,
    "int": _int,
    "float": _float,
    "bool": _bool,
    "ScalarType": _dtype_number,
    "Generator": _encode_generator,
    "str": Packing.text,
    "int[]": _encode_list(INTS, _int),
    "float[]": _encode_list(FLOATS, _float),
    "Tensor[]": _encode_list(TENSORS, Packing.tensor),
    "Tensor?[]": _encode_list(OPTIONAL_TENSORS, _encode_optional_tensor),
}


def encode(packing, parameter, value):
    """Adds one argument of a call."""
    if value is None:
        packing.none()
    else:
        ENCODERS[parameter.kind](packing, value)
