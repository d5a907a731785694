# SPDX-License-Identifier: MIT
"""checkpoint: what a function saves for backward is thrown away, and computed again when backward wants it.

By autograd/activation_checkpoint.h, which is PyTorch's use_reentrant=False; the argument is taken and makes no
difference.

PyTorch counterpart: torch/utils/checkpoint.py. Left out: context_fn, debug.
"""
import ctypes

from .._library import CheckpointError, check, lib  # noqa: F401 (the error is public here)
from .._tensor import Tensor, wrap
from ..autograd._callback import callback
from ..autograd._node import handles

_ROOM = 1024


def checkpoint(function, *args, use_reentrant=None, preserve_rng_state=True, determinism_check="default",
               early_stop=True, **keywords):
    """function(*args, **keywords)."""
    if determinism_check not in ("default", "none"):
        raise ValueError(f"determinism_check must be one of ('default', 'none'), but got {determinism_check}")
    names = list(keywords)
    given = [*args, *keywords.values()]
    places = [place for place, each in enumerate(given) if isinstance(each, Tensor)]
    tensors = [given[place] for place in places]
    shapes = []

    def run(inputs):
        values = list(given)
        for place, tensor in zip(places, inputs):
            values[place] = tensor
        result = function(*values[:len(args)], **dict(zip(names, values[len(args):])))
        shapes.append(result)
        return [each for each in (result if isinstance(result, (tuple, list)) else (result,))
                if isinstance(each, Tensor)]
    room = (ctypes.c_void_p * _ROOM)()
    count = check(lib.checkpoint(callback(run), handles(tensors), len(tensors), preserve_rng_state,
                                 determinism_check == "default", early_stop, room, _ROOM))
    outputs = iter([wrap(handle) for handle in room[:count]])
    result = shapes.pop()
    if isinstance(result, (tuple, list)):
        return type(result)(next(outputs) if isinstance(each, Tensor) else each for each in result)
    return next(outputs) if isinstance(result, Tensor) else result


def checkpoint_sequential(functions, segments, input, use_reentrant=None, **keywords):
    """The functions one after the other, in groups; the last group is not checkpointed."""
    functions = list(functions)
    size = len(functions) // segments

    def chain(group):
        def run(x):
            for function in group:
                x = function(x)
            return x
        return run
    last = size * (segments - 1)
    for start in range(0, last, size):
        input = checkpoint(chain(functions[start:start + size]), input, **keywords)
    return chain(functions[last:])(input)
