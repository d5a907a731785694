# SPDX-License-Identifier: MIT
"""Python functions that C++ calls: hooks, and the backward of custom functions.

C++ has one function, `_call`, and a number that says which Python function is meant. It owns that function by
the number until it lets go. An exception cannot pass through C++: it is noted here, C++ is told "failed", and
raise_error() raises the very same exception where the call from Python to C++ returns.
"""
import ctypes
import itertools
import struct

from .._exchange import _held, _let_go, _numbers
from .._library import Stopped, callers_errors, lib
from .._tensor import wrap

_pointer = ctypes.c_void_p
_TENSOR, _TENSORS = 4, 11  # tags of values, see cutaway.h
_BYTES = 16
_values = struct.Struct("iiq")


@ctypes.CFUNCTYPE(ctypes.c_int64, _pointer, _pointer, ctypes.c_int64, _pointer, ctypes.c_int64)
def _call(number, arguments, count, results, capacity):
    try:
        values = _values.iter_unpack(ctypes.string_at(arguments, _BYTES * count) if count else b"")
        lists = [[wrap(handle) if tag == _TENSOR else None for tag, _, handle in itertools.islice(values, size)]
                 for _, size, _ in values]
        tensors = _held[number](*lists)
        if len(tensors) > capacity:
            raise RuntimeError(f"a function that backward() called returned {len(tensors)} gradients")
        data = b"".join([_values.pack(0, 0, 0) if each is None else
                         _values.pack(_TENSOR, 0, lib.tensor_share(each._handle)) for each in tensors])
        ctypes.memmove(results, data, len(data))
        return len(tensors)
    except Stopped:
        return -1
    except BaseException as error:
        callers_errors.last = error
        return -1


class _Callback(ctypes.Structure):
    _fields_ = [("call", type(_call)), ("release", type(_let_go)), ("context", _pointer)]


def callback(function):
    """What C takes for a function of lists of tensors that returns a list of tensors or Nones."""
    number = next(_numbers)
    _held[number] = function
    return ctypes.byref(_Callback(_call, _let_go, number))
