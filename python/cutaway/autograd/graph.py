# SPDX-License-Identifier: MIT
"""cutaway.autograd.graph: what is done with the tensors that the forward saves for the backward.

    with saved_tensors_hooks(pack, unpack): ...     keeps pack(tensor), and calls unpack when backward wants it
    with save_on_cpu(): ...                         keeps it in the CPU's memory
    with disable_saved_tensors_hooks(message): ...  refuses such hooks

PyTorch counterpart: torch.autograd.graph. Left out: GradientEdge.
"""
import ctypes

from .._exchange import _held, _let_go, _numbers
from .._functions import functions
from .._library import callers_errors, check, lib, raise_error
from .._tensor import Tensor, wrap
from ._grad_mode import ContextDecorator
from ._node import Node

_pointer = ctypes.c_void_p


@ctypes.CFUNCTYPE(_pointer, _pointer, _pointer)
def _pack(number, handle):
    try:
        packed = _held[number][0](wrap(handle))
        place = next(_numbers)
        _held[place] = packed
        return place
    except BaseException as error:
        callers_errors.last = error
        return None


@ctypes.CFUNCTYPE(_pointer, _pointer, _pointer)
def _unpack(number, place):
    try:
        tensor = _held[number][1](_held[place])
        if not isinstance(tensor, Tensor):
            raise TypeError("Output of saved tensor unpack_hook expected to be a Tensor but got result of type "
                            + type(tensor).__name__)
        return lib.tensor_share(tensor._handle)
    except BaseException as error:
        callers_errors.last = error
        return None


class _Hooks(ctypes.Structure):
    _fields_ = [("pack", type(_pack)), ("unpack", type(_unpack)), ("release_packed", type(_let_go)),
                ("release", type(_let_go)), ("context", _pointer)]


class saved_tensors_hooks:
    """Uses the two functions for what is saved inside the `with`."""

    def __init__(self, pack_hook, unpack_hook):
        self.pack_hook, self.unpack_hook = pack_hook, unpack_hook

    def __enter__(self):
        number = next(_numbers)
        _held[number] = (self.pack_hook, self.unpack_hook)
        check(lib.push_saved_tensors_hooks(ctypes.byref(_Hooks(_pack, _unpack, _let_go, _let_go, number))))

    def __exit__(self, *error):
        lib.pop_saved_tensors_hooks()


class save_on_cpu(saved_tensors_hooks):
    """Keeps what is saved in the CPU's memory: the tensor itself, since all memory is; with pin_memory a copy of it."""

    def __init__(self, pin_memory=False, device_type="cuda"):
        empty = functions["empty"]

        def pack_to_cpu(tensor):
            return empty(tensor.shape, dtype=tensor.dtype).copy_(tensor) if pin_memory else tensor.cpu()
        super().__init__(pack_to_cpu, lambda tensor: tensor)


class disable_saved_tensors_hooks(ContextDecorator):
    """Refuses hooks with an error of this text: inside the `with`, and on entry where some are in use."""

    def __init__(self, error_message):
        self.error_message, self._guards = error_message, []

    def clone(self):
        return disable_saved_tensors_hooks(self.error_message)

    def __enter__(self):
        self._guards.append(lib.no_saved_tensors_hooks_new(self.error_message.encode()) or raise_error())

    def __exit__(self, *error):
        lib.no_saved_tensors_hooks_free(self._guards.pop())
