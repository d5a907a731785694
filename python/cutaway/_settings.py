# SPDX-License-Identifier: MIT
"""Grad mode, threads, and how tensors print."""
import functools
import struct

from ._library import check, lib


class _GradMode:
    """Sets for this thread whether ops are recorded: as a context, or as a decorator."""
    _wanted = True

    def __init__(self, function=None):
        self._before = []
        if function is not None:
            raise TypeError(f"use @{type(self).__name__}() with brackets")

    def __enter__(self):
        self._before.append(bool(lib.is_grad_enabled()))
        lib.set_grad_enabled(self._wanted)

    def __exit__(self, *error):
        lib.set_grad_enabled(self._before.pop())

    def __call__(self, function):
        @functools.wraps(function)
        def wrapped(*args, **keywords):
            with type(self)():
                return function(*args, **keywords)
        return wrapped


class no_grad(_GradMode):
    """with no_grad(): what is computed here is not recorded."""
    _wanted = False

    def __new__(cls, function=None):
        self = object.__new__(cls)
        self._before = []
        return self if function is None else self.__call__(function)

    def __init__(self, function=None):
        pass


class enable_grad(no_grad):
    """with enable_grad(): recorded again, inside a no_grad."""
    _wanted = True


class set_grad_enabled(_GradMode):
    """set_grad_enabled(False), at once; or for a block, as a context."""

    def __init__(self, mode):
        self._wanted = bool(mode)
        self._previous = bool(lib.is_grad_enabled())
        lib.set_grad_enabled(self._wanted)

    def __enter__(self):
        lib.set_grad_enabled(self._wanted)

    def __exit__(self, *error):
        lib.set_grad_enabled(self._previous)


def is_grad_enabled():
    """Whether this thread records what it computes."""
    return bool(lib.is_grad_enabled())


def get_num_threads():
    """How many threads a loop may use."""
    return check(lib.get_num_threads())


def set_num_threads(n):
    """Sets that number for the whole program."""
    if isinstance(n, bool) or not isinstance(n, int):
        raise RuntimeError(f"set_num_threads expects an int, but got {type(n).__name__}")
    if n < 1:
        raise RuntimeError("set_num_threads expects a positive integer")
    check(lib.set_num_threads(n))


_PROFILES = {"default": 0, "short": 1, "full": 2}


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None):
    """How tensors are written; what is not named stays, but for sci_mode, which returns to "as needed"."""
    options = [precision, threshold, edgeitems, linewidth, None if profile is None else _PROFILES[profile]]
    flat = []
    for value in options:
        if value == float("inf"):
            value = 2 ** 62
        flat += [0, 0, 0] if value is None else [2, 0, int(value)]
    flat += [0, 0, 0] if sci_mode is None else [1, 0, bool(sci_mode)]
    check(lib.set_print_options(struct.pack("iiq" * 6, *flat)))
