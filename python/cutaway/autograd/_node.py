# SPDX-License-Identifier: MIT
"""Node: the backward half of an op, as `tensor.grad_fn` shows it.

    loss.grad_fn                                     <MeanBackward0 object at 0x7f...>
    loss.grad_fn.next_functions                      ((<AddmmBackward0 ...>, 0),)
    loss.grad_fn.next_functions[0][0].next_functions[0][0].variable        the leaf, if it is AccumulateGrad

    (x ** 2).grad_fn._saved_self                     what the formula keeps: x; dir(node) names them

A node is one object for as long as somebody looks at it: two tensors of one op have the same grad_fn. A leaf that
was saved is the leaf's own object; any other tensor that was saved is a new one, with the same history.

PyTorch counterpart: torch/csrc/autograd/python_cpp_function.cpp; torch.autograd.graph.Node.
Left out: the _raw_saved_... attributes, which take hooks for one tensor.
"""
import ctypes
import functools
import weakref

from .._library import check, lib
from .._tensor import Tensor, wrap

_free = lib.node_free
_nodes = weakref.WeakValueDictionary()  # identity -> the object that shows the node
contexts = weakref.WeakValueDictionary()  # identity -> the ctx of a custom function's node
_leaves = weakref.WeakValueDictionary()  # identity -> the tensor that was made to require a gradient


_WITHOUT_OP = {"AccumulateGrad", "CopyBackwards", "CopySlices", "NotImplemented"}


class Node:
    """A node of the graph that backward() walks. Its class has the name of the node: type(y.grad_fn).__name__."""
    __slots__ = ("_handle", "__weakref__")

    def __del__(self, free=_free):
        free(self._handle)

    def name(self):
        """Its class's name; of those that stand for no op, where that class is at home in PyTorch."""
        name = type(self).__name__
        return "torch::autograd::" + name if name in _WITHOUT_OP else name

    @property
    def next_functions(self):
        """For each input of the op: the node that computed it, and which output of that node it was."""
        number = ctypes.c_int64()
        edges = []
        for i in range(lib.node_edge_count(self._handle)):
            handle = lib.node_next(self._handle, i, ctypes.byref(number))
            edges.append((node_of(handle), number.value if handle else 0))
        return tuple(edges)

    def _sequence_nr(self):
        """Nodes made later have larger numbers."""
        return lib.node_sequence_nr(self._handle)

    def _names_of_kept(self):
        """The names of the tensors that it saves; one that ends with "..." is of a list."""
        names = lib.node_saved_names(self._handle).decode()
        return [name for name in names.split(", ") if name not in ("", "-")]

    def __dir__(self):
        return [*super().__dir__(), *("_saved_" + name.removesuffix("...") for name in self._names_of_kept())]

    def __getattr__(self, name):
        if name.startswith("_saved_"):
            return self._kept(name.removeprefix("_saved_"))
        if name == "variable":  # only AccumulateGrad has one
            handle = lib.node_variable(self._handle)
            if handle is not None:
                return noted(wrap(handle))
        ctx = contexts.get(lib.node_identity(self._handle))
        if ctx is not None and not name.startswith("_") and hasattr(ctx, name):
            return getattr(ctx, name)
        raise self._has_no(name)

    def _kept(self, name):
        """The tensor that it saves by this name, or those of a list; None for what it had no need of."""
        names = self._names_of_kept()
        if name in names:
            return received(lib.node_saved, self._handle, name.encode())[0]
        if name + "..." in names:
            return received(lib.node_saved, self._handle, name.encode())
        raise self._has_no("_saved_" + name)

    def _has_no(self, name):
        return AttributeError(f"'{type(self).__name__}' object has no attribute {name!r}")

    def __repr__(self):
        return f"<{type(self).__name__} object at {id(self):#x}>"


@functools.lru_cache(None)
def _class_of(name):
    return type(name, (Node,), {"__slots__": (), "__module__": "cutaway.autograd"})


def node_of(handle):
    """The object for a new handle, which is taken over; None for null."""
    if not handle:
        return None
    identity = lib.node_identity(handle)
    known = _nodes.get(identity)
    if known is not None:
        _free(handle)
        return known
    node = object.__new__(_class_of(lib.node_name(handle).decode()))
    node._handle = handle
    _nodes[identity] = node
    return node


def grad_fn_of(tensor):
    """The node that computed a tensor; None for a leaf."""
    handle = ctypes.c_void_p()
    check(lib.tensor_grad_fn(tensor._handle, ctypes.byref(handle)))
    return node_of(handle.value)


def note_leaf(tensor):
    """From now on the graph gives out `tensor` itself where it shows this leaf, for as long as it lives."""
    _leaves[lib.tensor_identity(tensor._handle)] = tensor


def noted(leaf):
    """The object that was noted for this leaf, if it still lives; else `leaf` itself."""
    known = _leaves.get(lib.tensor_identity(leaf._handle))
    return leaf if known is None else known


def received(function, *arguments):
    """A tuple of the tensors that this C function writes where there is room; None for null."""
    room = 16
    while True:
        found = (ctypes.c_void_p * room)()
        count = check(function(*arguments, found, room))
        if count <= room:
            return tuple(noted(wrap(handle)) if handle else None for handle in found[:count])
        room = count


def handles(tensors):
    """An array of handles for C; None is null."""
    return (ctypes.c_void_p * len(tensors))(*[None if each is None else each._handle for each in tensors])


def tuple_of(tensors):
    """f(x) and f([x]) are the same."""
    return (tensors,) if isinstance(tensors, Tensor) else tuple(tensors)
