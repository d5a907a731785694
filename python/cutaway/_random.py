# SPDX-License-Identifier: MIT
"""Generators: the state that random numbers come from. With the same seed they equal PyTorch's."""
import ctypes

from . import _dtype
from ._creation import tensor
from ._library import check, lib, raise_error
from ._tensor import Tensor, device as _device, wrap

_STATE_BYTES = 5056


class Generator:
    """A source of random numbers of its own: rand(3, generator=g)."""
    __slots__ = ("_handle", "_is_default")

    def __init__(self, device="cpu"):
        _device(device)
        self._take(lib.generator_new(), is_default=False)

    def _take(self, handle, is_default):
        if handle is None:
            raise_error()
        self._handle, self._is_default = handle, is_default
        return self

    def __del__(self, free=lib.generator_free):
        if not getattr(self, "_is_default", True):
            free(self._handle)

    device = property(lambda self: _device())

    def manual_seed(self, seed):
        """Starts the sequence that belongs to `seed`."""
        seed = int(seed)
        if not -2 ** 63 <= seed < 2 ** 64:
            raise RuntimeError("Overflow when unpacking long long" if seed > 0 else "Overflow when unpacking long")
        lib.generator_manual_seed(self._handle, seed % 2 ** 64)
        return self

    def initial_seed(self):
        """The seed that this sequence started from."""
        return lib.generator_initial_seed(self._handle)

    def seed(self):
        """Starts from a seed that the system makes up, and returns it."""
        return lib.generator_seed(self._handle)

    def get_state(self):
        """Everything that decides the numbers to come, as a tensor of bytes: PyTorch's own."""
        state = ctypes.create_string_buffer(_STATE_BYTES)
        lib.generator_get_state(self._handle, state)
        sizes = (ctypes.c_int64 * 1)(_STATE_BYTES)
        return wrap(lib.tensor_copy_of(state, sizes, 1, _dtype.BY_NAME["uint8"]._number))

    def set_state(self, state):
        """Continues from such bytes."""
        if not isinstance(state, Tensor) or state.dtype is not _dtype.BY_NAME["uint8"]:
            raise TypeError("RNG state must be a torch.ByteTensor")
        dense = state.contiguous()
        check(lib.generator_set_state(self._handle, lib.tensor_data(dense._handle), dense.numel()))
        return self

    def clone_state(self):
        """A second generator that will give the same numbers."""
        return object.__new__(Generator)._take(lib.generator_clone(self._handle), is_default=False)


default_generator = object.__new__(Generator)._take(lib.default_generator(), is_default=True)


def manual_seed(seed):
    """Seeds the generator of all calls that name none, and returns it."""
    return default_generator.manual_seed(seed)


def seed():
    """Seeds it from the system, and returns the seed."""
    return default_generator.seed()


def initial_seed():
    return default_generator.initial_seed()


def get_rng_state():
    """The state of the generator of all calls that name none."""
    return default_generator.get_state()


def set_rng_state(new_state):
    default_generator.set_state(new_state)
