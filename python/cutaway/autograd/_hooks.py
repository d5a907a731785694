# SPDX-License-Identifier: MIT
"""Hooks: Python functions that backward() calls on its way.

    handle = y.register_hook(lambda grad: grad * 2)      with each gradient of y; may return another
    y.grad_fn.register_prehook(f), .register_hook(f)     before and after a node
    w.register_post_accumulate_grad_hook(f)              after w.grad was added to
    handle.remove()                                      or: with y.register_hook(f): ...

Their order is told in autograd/hooks.h. A hook belongs to the graph, not to the Python object: it is called
also when the tensor it was registered on is out of reach. So one that refers to its own tensor keeps it, and
the graph, until it is removed; Python's garbage collector does not see that ring.

PyTorch counterpart: torch/utils/hooks.py, torch/csrc/autograd/python_hook.cpp.
"""
import weakref

from .._library import lib, raise_error
from .._tensor import Tensor
from ._callback import callback
from ._node import Node, noted


class RemovableHandle:
    """Takes a hook away again: remove(), or the end of a `with`. The hook stays when the handle goes."""

    def __init__(self, handle):
        self._handle = handle or raise_error()
        self.id = lib.hook_id(handle)

    def remove(self):
        lib.hook_remove(self._handle)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.remove()

    def __del__(self, free=lib.hook_free):
        free(self.__dict__.pop("_handle", None))


def _name(hook):
    return getattr(hook, "__name__", "<unknown>").encode()


def _one(result):
    """The gradient that a hook returned, as a list; an empty one for None."""
    if result is None:
        return ()
    if not isinstance(result, Tensor):
        raise TypeError(f"expected Variable, but hook returned '{type(result).__name__}'")
    return (result,)


def _several(result):
    if result is None:
        return ()
    if isinstance(result, Tensor):
        return (result,)
    if not isinstance(result, tuple):
        raise TypeError(f"expected tuple, but hook returned '{type(result).__name__}'")
    for each in result:
        if each is not None:
            _one(each)
    return result


def register_hook(self, hook):
    """Calls hook(grad) with each gradient of this tensor; what it returns, if not None, takes its place."""
    return RemovableHandle(lib.tensor_register_hook(
        self._handle, callback(lambda grads: _one(hook(*grads))), _name(hook)))


def register_post_accumulate_grad_hook(self, hook):
    """Calls hook(leaf) each time backward has added to leaf.grad."""
    def run(leaves):
        if hook(noted(leaves[0])) is not None:
            raise RuntimeError("Tensor post accumulate grad hooks should return None.")
        return ()
    return RemovableHandle(lib.tensor_register_post_accumulate_grad_hook(self._handle, callback(run), _name(hook)))


def register_prehook(self, fn):
    """Calls fn(grad_outputs) before this node; may return a tuple of others."""
    return RemovableHandle(lib.node_register_prehook(
        self._handle, callback(lambda grads: _several(fn(tuple(grads)))), _name(fn)))


def register_node_hook(self, fn):
    """Calls fn(grad_inputs, grad_outputs) after this node; may return a tuple of other grad_inputs."""
    return RemovableHandle(lib.node_register_hook(
        self._handle, callback(lambda inputs, outputs: _several(fn(tuple(inputs), tuple(outputs)))), _name(fn)))


class _Metadata:
    """A node's dict: kept by the node, as a hook that changes nothing."""

    def __init__(self):
        self.values = {}

    def __call__(self, grads):
        return ()


_metadata = weakref.WeakValueDictionary()  # identity of a node -> its _Metadata


def metadata(self):
    """A dict of the user's, for as long as the node lives."""
    identity = lib.node_identity(self._handle)
    known = _metadata.get(identity)
    if known is None:
        known = _metadata[identity] = _Metadata()
        RemovableHandle(lib.node_register_prehook(self._handle, callback(known), b"metadata"))
    return known.values


Tensor.register_hook = register_hook
Tensor.register_post_accumulate_grad_hook = register_post_accumulate_grad_hook
Node.register_prehook = register_prehook
Node.register_hook = register_node_hook
Node.metadata = property(metadata)
