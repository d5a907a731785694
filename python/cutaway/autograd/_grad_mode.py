# SPDX-License-Identifier: MIT
"""Whether this thread records what it computes: no_grad, enable_grad, set_grad_enabled, inference_mode.

Each is a context and a decorator. A generator that is decorated runs in the mode only while it runs itself,
not while its caller has the word.

PyTorch counterpart: torch/autograd/grad_mode.py, torch/utils/_contextlib.py.
"""
import functools
import inspect

from .._library import lib, raise_error


def is_grad_enabled():
    """Whether this thread records what it computes."""
    return bool(lib.is_grad_enabled())


class ContextDecorator:
    """A context that is a decorator as well: each call of the function enters a fresh one."""

    def clone(self):
        return type(self)()

    def __call__(self, function):
        if inspect.isgeneratorfunction(function):
            return self._wrap_generator(function)

        @functools.wraps(function)
        def wrapped(*args, **keywords):
            with self.clone():
                return function(*args, **keywords)
        return wrapped

    def _wrap_generator(self, function):
        @functools.wraps(function)
        def wrapped(*args, **keywords):
            generator = function(*args, **keywords)
            step, given = generator.send, None
            try:
                while True:
                    with self.clone():
                        item = step(given)
                    try:
                        step, given = generator.send, (yield item)
                    except GeneratorExit:
                        with self.clone():
                            generator.close()
                        raise
                    except BaseException as error:
                        step, given = generator.throw, error
            except StopIteration as end:
                return end.value
        return wrapped


class _GradMode(ContextDecorator):
    _wanted = None

    def __new__(cls, function=None):
        self = object.__new__(cls)
        self._before = []
        return self if function is None else self(function)  # @no_grad without brackets

    def __enter__(self):
        self._before.append(is_grad_enabled())
        lib.set_grad_enabled(self._wanted)

    def __exit__(self, *error):
        lib.set_grad_enabled(self._before.pop())


class no_grad(_GradMode):
    """with no_grad(): what is computed here is not recorded."""
    _wanted = False


class enable_grad(_GradMode):
    """with enable_grad(): recorded again, inside a no_grad."""
    _wanted = True


class set_grad_enabled(ContextDecorator):
    """set_grad_enabled(False), at once; or for a block, as a context; or for a function, as a decorator."""

    def __init__(self, mode):
        self._wanted, self._before = bool(mode), is_grad_enabled()
        lib.set_grad_enabled(self._wanted)

    def clone(self):
        return set_grad_enabled(self._wanted)

    def __call__(self, function):
        lib.set_grad_enabled(self._before)  # meant for the function, not for what follows
        return super().__call__(function)

    def __enter__(self):
        lib.set_grad_enabled(self._wanted)

    def __exit__(self, *error):
        lib.set_grad_enabled(self._before)


class inference_mode(ContextDecorator):
    """with inference_mode(): nothing is recorded, now or later: its tensors never take part in a graph."""

    def __new__(cls, mode=True):
        self = object.__new__(cls)
        self._mode, self._guards = True, []
        if isinstance(mode, bool):
            self._mode = mode
            return self
        return self(mode)  # @inference_mode without brackets

    def clone(self):
        return inference_mode(self._mode)

    def __enter__(self):
        self._guards.append(lib.inference_mode_new(self._mode) or raise_error())

    def __exit__(self, *error):
        lib.inference_mode_free(self._guards.pop())


def is_inference_mode_enabled():
    return bool(lib.is_inference_mode_enabled())
