# SPDX-License-Identifier: MIT
"""Threads, and how tensors print."""
import struct

from ._library import check, lib


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
