# SPDX-License-Identifier: MIT
"""backward() and grad(): checks of what Python passes, then the engine (autograd/engine.h).

PyTorch counterpart: torch/autograd/__init__.py. Left out: is_grads_batched.
"""
import ctypes
import warnings

from .._functions import functions
from .._library import check, lib
from .._tensor import Tensor, wrap
from ._node import handles, tuple_of


def _gradients(given, count):
    """One per tensor, None where none was given."""
    return (None,) * count if given is None else tuple_of(given)


def _keeps(retain_graph, create_graph):
    return bool(create_graph if retain_graph is None else retain_graph)


def _check_gradients(tensors, gradients):
    """What can be said of them before the graph is looked at."""
    if len(gradients) != len(tensors):
        raise RuntimeError(f"got {len(tensors)} tensors and {len(gradients)} gradients")
    for place, (tensor, gradient) in enumerate(zip(tensors, gradients)):
        if gradient is None:
            if tensor.requires_grad and tensor.numel() != 1:
                raise RuntimeError("grad can be implicitly created only for scalar outputs")
        elif gradient.shape != tensor.shape:
            raise RuntimeError(f"Mismatch in shape: grad_output[{place}] has a shape of {gradient.shape} and "
                               f"output[{place}] has a shape of {tensor.shape}.")


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None):
    """Adds the gradient of the sum of the tensors to the grad of every leaf it depends on, or of the inputs alone."""
    if grad_variables is not None:
        warnings.warn("`grad_variables` is deprecated. Use `grad_tensors` instead.", FutureWarning, stacklevel=2)
        if grad_tensors is not None:
            raise RuntimeError("`grad_tensors` and `grad_variables` (deprecated) arguments both passed to "
                               "`backward()`. Please only use `grad_tensors`.")
        grad_tensors = grad_variables
    if inputs is not None and not isinstance(inputs, Tensor) and len(inputs) == 0:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    inputs = () if inputs is None else tuple_of(inputs)
    tensors = tuple_of(tensors)
    gradients = _gradients(grad_tensors, len(tensors))
    _check_gradients(tensors, gradients)
    check(lib.backward(handles(tensors), handles(gradients), len(tensors), handles(inputs), len(inputs),
                       _keeps(retain_graph, create_graph), bool(create_graph)))


def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True,
         allow_unused=None, is_grads_batched=False, materialize_grads=False):
    """That gradient for each of the inputs, as a tuple. Changes no grad."""
    if is_grads_batched:
        raise NotImplementedError("grad(): is_grads_batched=True is not implemented")
    if materialize_grads and allow_unused is False:
        raise ValueError("Expected allow_unused to be True or not passed when materialize_grads=True, "
                         "but got: allow_unused=False.")
    outputs, inputs = tuple_of(outputs), tuple_of(inputs)
    gradients = _gradients(grad_outputs, len(outputs))
    if not only_inputs:
        warnings.warn("only_inputs argument is deprecated and is ignored now (defaults to True). To accumulate "
                      "gradient for other parts of the graph, please use torch.autograd.backward.", FutureWarning,
                      stacklevel=2)
    _check_gradients(outputs, gradients)
    results = (ctypes.c_void_p * len(inputs))()
    check(lib.grad(handles(outputs), handles(gradients), len(outputs), handles(inputs), len(inputs),
                   _keeps(retain_graph, create_graph), bool(create_graph), bool(allow_unused or materialize_grads),
                   results))
    found = tuple(wrap(handle) if handle else None for handle in results)
    if not materialize_grads:
        return found
    zeros_like = functions["zeros_like"]
    return tuple(zeros_like(of, requires_grad=create_graph) if each is None else each
                 for of, each in zip(inputs, found))
