# SPDX-License-Identifier: MIT
"""Function: an op of your own, written in Python.

    class Exp(Function):
        @staticmethod
        def forward(ctx, x):
            result = x.exp()
            ctx.save_for_backward(result)
            return result

        @staticmethod
        def backward(ctx, grad):
            result, = ctx.saved_tensors
            return grad * result

    y = Exp.apply(x)        # y.grad_fn is <ExpBackward object>, and has what was put on ctx

The rules for what forward may return, and how it is recorded, are those of autograd/function.h: this file
only carries arguments there and back.

PyTorch counterpart: torch/autograd/function.py. Left out: jvp, vmap, non-contiguous saving, in-place warnings.
"""
import ctypes
import functools

from .._library import check, lib, raise_error
from .._tensor import Tensor, wrap
from ._callback import callback
from ._grad_mode import no_grad
from ._node import contexts, handles, received


class FunctionCtx:
    """What forward leaves for backward. Any attribute may be set on it.

    needs_input_grad says for each argument whether it requires a gradient. As in PyTorch's Python, unlike its C++, it
    is the same in backward, whatever grad() was asked for.
    """

    def __del__(self, free=lib.function_free):
        free(self.__dict__.pop("_function", None))

    def save_for_backward(self, *tensors):
        """Keeps arguments and results for saved_tensors, guarded against writes in place."""
        for each in tensors:
            if each is not None and not isinstance(each, Tensor):
                raise TypeError("save_for_backward can only save variables, but argument 0 is of type "
                                f"{type(each).__name__}")
        check(lib.function_save_for_backward(self._function, handles(tensors), len(tensors)))

    @property
    def saved_tensors(self):
        """What save_for_backward was given."""
        return received(lib.function_saved_tensors, self._function)

    saved_variables = saved_tensors

    def mark_dirty(self, *arguments):
        """These arguments were written in place."""
        check(lib.function_mark_dirty(self._function, handles(arguments), len(arguments)))

    def mark_non_differentiable(self, *results):
        """No gradient flows to these results."""
        check(lib.function_mark_non_differentiable(self._function, handles(results), len(results)))

    def set_materialize_grads(self, value):
        """Whether backward gets zeros (the default) or None for results that no gradient came from."""
        self._materializes = bool(value)
        check(lib.function_set_materialize_grads(self._function, bool(value)))


class Function:
    """Base of custom functions; see the top of this file."""

    def __init__(self, *args, **keywords):
        raise RuntimeError(f"{type(self)} should not be instantiated. Methods on autograd functions are all static, so "
                           "you should invoke them on the class itself. Instantiating an autograd function will raise "
                           "an error in a future version of PyTorch.")

    @staticmethod
    def forward(*args, **keywords):
        """forward(ctx, *args), or forward(*args) where there is a setup_context."""
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def setup_context(ctx, inputs, output):
        """What of the arguments and results backward will need, where forward takes no ctx."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx, *grad_outputs):
        """The gradients of the arguments, from those of the results."""
        raise NotImplementedError("You must implement either the backward or vjp method for your custom "
                                  "autograd.Function to use it with backward mode AD.")

    vjp = backward

    @classmethod
    def apply(cls, *args, **keywords):
        """Calls forward and records the call."""
        if keywords:
            raise TypeError(f"{cls.__name__}.apply() takes no keyword arguments")
        ctx = FunctionCtx()
        ctx.needs_input_grad = tuple(isinstance(each, Tensor) and each.requires_grad for each in args)
        arguments = [each if isinstance(each, Tensor) else None for each in args]
        node = ctypes.c_void_p()
        backward = cls.backward if cls.backward is not Function.backward else cls.vjp
        run = functools.partial(_run_backward, cls.__name__, ctx, backward)
        ctx._function = lib.function_begin(
            cls.__name__.encode(), handles(arguments), len(args), callback(run),
            getattr(backward, "_once_differentiable", False), ctypes.byref(node)) or raise_error()
        try:
            contexts[lib.node_identity(node)] = ctx
            results = _call_forward(cls, ctx, args)
            return _finish(cls, ctx, node, arguments, results)
        finally:
            lib.node_free(node)


def _call_forward(cls, ctx, args):
    with no_grad():
        if cls.setup_context is Function.setup_context:
            return cls.forward(ctx, *args)
        results = cls.forward(*args)
        cls.setup_context(ctx, args, results)
        return results


def _finish(cls, ctx, node, arguments, results):
    """What the caller gets for what forward returned: tensors are recorded, all else passes as it is."""
    items = results if isinstance(results, tuple) else (results,)
    tensors = [each for each in items if isinstance(each, Tensor)]
    if not isinstance(results, tuple) and not tensors or not tensors and not any(each is None for each in items):
        raise TypeError(f"{cls.__name__}Backward.forward: expected Tensor or tuple of Tensor (got "
                        f"{type(items[0]).__name__ if items else 'tuple'}) for return value 0")
    ctx._places = [isinstance(each, Tensor) for each in items]
    given = (ctypes.c_void_p * len(tensors))()
    check(lib.function_finish(node, handles(arguments), len(arguments), handles(tensors), len(tensors), given))
    recorded = iter([_same_object(handle, arguments) for handle in given])
    items = tuple(next(recorded) if isinstance(each, Tensor) else each for each in items)
    return items if isinstance(results, tuple) else items[0]


def _same_object(handle, arguments):
    """The tensor of a new handle: the very argument where it is one, as what mark_dirty names is."""
    for each in arguments:
        if each is not None and lib.tensor_is_same(handle, each._handle):
            lib.tensor_free(handle)
            return each
    return wrap(handle)


def _run_backward(name, ctx, backward, grads):
    """Calls backward with one gradient per result, None for results that are no tensors."""
    grads = iter(grads)
    results = backward(ctx, *[next(grads) if is_tensor else None for is_tensor in ctx._places])
    results = results if isinstance(results, tuple) else (results,)
    for place, each in enumerate(results):
        if each is not None and not isinstance(each, Tensor):
            raise TypeError(f"expected Variable or None (got {type(each).__name__})")
    return results


def once_differentiable(function):
    """A decorator for backward: what it computes cannot be differentiated again."""
    @functools.wraps(function)
    def wrapped(*args, **keywords):
        return function(*args, **keywords)
    wrapped._once_differentiable = True
    return wrapped
