# SPDX-License-Identifier: MIT
"""Anomaly mode: which line of the forward pass is to blame for an error in backward, or for a NaN?

    with detect_anomaly(): loss = model(x); loss.backward()
    set_detect_anomaly(True)

While it is on, each node of the graph notes the traceback of the call that made it (_note_call_site), and backward
stops where a node computes a NaN. The error is preceded by a warning with that traceback (_warn). The mode is the
program's, not the thread's. C++ does the rest: autograd/anomaly.h.

PyTorch counterpart: torch/autograd/anomaly_mode.py.
"""
import pathlib
import sys
import traceback
import warnings

from .._library import AnomalyListener, CallSite, lib

_PACKAGE = str(pathlib.Path(__file__).resolve().parent.parent)


def is_anomaly_enabled():
    """Whether anomaly mode is on."""
    return bool(lib.is_anomaly_enabled())


def is_anomaly_check_nan_enabled():
    """Whether backward stops at a NaN while the mode is on."""
    return bool(lib.is_anomaly_check_nan_enabled())


@CallSite
def _note_call_site(text):
    frames = [(frame, line) for frame, line in traceback.walk_stack(sys._getframe(1))
              if not frame.f_code.co_filename.startswith(_PACKAGE)]
    lines = traceback.StackSummary.extract(reversed(frames)).format()
    lib.append_text(text, "".join(lines).encode())


@AnomalyListener
def _warn(report):
    warnings.warn(report.decode(), stacklevel=3)


lib.on_anomaly(_note_call_site, _warn)


class set_detect_anomaly:
    """Switches the mode on or off, at once; or for a block, as a context."""

    def __init__(self, mode, check_nan=True):
        if not isinstance(mode, bool) or not isinstance(check_nan, bool):
            name, place, given = ("enabled", 1, mode) if not isinstance(mode, bool) else ("check_nan", 2, check_nan)
            raise TypeError(f"set_anomaly_enabled(): argument '{name}' (position {place}) must be bool, "
                            f"not {type(given).__name__}")
        self._before = is_anomaly_enabled(), is_anomaly_check_nan_enabled()
        lib.set_anomaly_enabled(mode, check_nan)

    def __enter__(self):
        pass

    def __exit__(self, *error):
        lib.set_anomaly_enabled(*self._before)


class detect_anomaly:
    """with detect_anomaly(): the mode is on for the block. Warns, since it slows everything down."""

    def __init__(self, check_nan=True):
        self._check_nan, self._modes = check_nan, []
        warnings.warn("Anomaly Detection has been enabled. This mode will increase the runtime and should only be "
                      "enabled for debugging.", stacklevel=2)

    def __enter__(self):
        self._modes.append(set_detect_anomaly(True, self._check_nan))

    def __exit__(self, *error):
        self._modes.pop().__exit__()
