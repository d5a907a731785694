# SPDX-License-Identifier: MIT
"""What a tensor has to do with gradients: the attributes and methods of Tensor that autograd brings.

PyTorch counterpart: torch/_tensor.py, torch/csrc/autograd/python_variable.cpp.
"""
import warnings

from .._library import check, lib
from .._tensor import Tensor, wrap
from . import _backward
from ._node import grad_fn_of, note_leaf


class _Gradients:
    """A base that Tensor could have; its members are copied there."""

    @property
    def requires_grad(self):
        return bool(check(lib.tensor_requires_grad(self._handle)))

    @requires_grad.setter
    def requires_grad(self, value):
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad=True):
        """Records what is computed from this leaf from now on, or no longer."""
        check(lib.tensor_set_requires_grad(self._handle, requires_grad))
        if requires_grad:
            note_leaf(self)
        return self

    @property
    def is_leaf(self):
        return bool(check(lib.tensor_is_leaf(self._handle)))

    @property
    def grad(self):
        handle = lib.tensor_grad(self._handle)
        if handle is None:
            self.__dict__.pop("_grad", None)
            if not _has_grad(self):
                warnings.warn(_NO_GRAD_HERE, stacklevel=2)
            return None
        known = self.__dict__.get("_grad")  # so that x.grad is x.grad
        if known is not None and lib.tensor_is_same(known._handle, handle):
            lib.tensor_free(handle)
            return known
        self.__dict__["_grad"] = wrap(handle)
        return self.__dict__["_grad"]

    @grad.setter
    def grad(self, value):
        if value is not None and not isinstance(value, Tensor):
            raise TypeError("assigned grad expected to be a Tensor or None but got grad of type "
                            + type(value).__name__)
        self.__dict__.pop("_grad", None)
        check(lib.tensor_set_grad(self._handle, None if value is None else value._handle))

    grad_fn = property(grad_fn_of)

    @property
    def output_nr(self):
        """Which output of grad_fn this tensor is."""
        return lib.tensor_output_nr(self._handle)

    def is_inference(self):
        """Whether it was made in inference mode."""
        return bool(lib.tensor_is_inference(self._handle))

    def retain_grad(self):
        """Keeps the gradient of this computed tensor in its grad, as leaves do."""
        check(lib.tensor_retain_grad(self._handle))

    @property
    def retains_grad(self):
        return bool(check(lib.tensor_retains_grad(self._handle)))

    def detach_(self):
        """Forgets how this tensor was computed."""
        check(lib.tensor_detach_in_place(self._handle))
        return self

    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
        """Adds d(self)/d(leaf) to the grad of every leaf that requires one, or of the inputs alone."""
        _backward.backward(self, gradient, retain_graph, create_graph, inputs=inputs)

    @property
    def data(self):
        """The same memory without history; autograd does not notice what is written through it."""
        return wrap(lib.tensor_variable_data(self._handle))

    @data.setter
    def data(self, value):
        check(lib.tensor_set_data(self._handle, value._handle))


def _has_grad(tensor):
    try:
        return tensor.is_leaf or tensor.retains_grad
    except RuntimeError:
        return False  # a view whose history cannot be told


_NO_GRAD_HERE = (
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be "
    "populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, "
    "use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the "
    "leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more informations.")

for _name, _member in vars(_Gradients).items():
    if not _name.startswith("__"):
        setattr(Tensor, _name, _member)
