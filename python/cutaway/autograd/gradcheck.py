# SPDX-License-Identifier: MIT
"""gradcheck and gradgradcheck, by autograd/gradcheck.h.

PyTorch counterpart: torch/autograd/gradcheck.py. Left out: the checks that are off by default, nondet_tol,
check_undefined_grad, fast_mode, masked; grad_outputs of gradgradcheck, which are drawn.
"""
from .._library import check, lib
from .._tensor import Tensor
from ._callback import callback
from ._node import handles, tuple_of


class GradcheckError(RuntimeError):
    """Numerical and analytical gradients differ."""


def _checked(func, inputs, eps, atol, rtol, raise_exception, second_order):
    inputs = tuple_of(inputs)
    tensors = [each if isinstance(each, Tensor) else None for each in inputs]

    def run(given):
        arguments = [new if old is not None else fixed for new, old, fixed in zip(given, tensors, inputs)]
        return [each for each in tuple_of(func(*arguments)) if isinstance(each, Tensor)]
    try:
        check(lib.gradcheck(callback(run), handles(tensors), len(tensors), eps, atol, rtol, second_order))
        return True
    except RuntimeError as error:
        if "Jacobian mismatch" not in str(error):
            raise
        if raise_exception:
            raise GradcheckError(str(error)) from None
        return False


def gradcheck(func, inputs, *, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True):
    """Whether backward gives what the function does when its inputs are nudged; raises where it does not."""
    return _checked(func, inputs, eps, atol, rtol, raise_exception, False)


def gradgradcheck(func, inputs, *, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True):
    """The same for the gradient itself."""
    return _checked(func, inputs, eps, atol, rtol, raise_exception, True)
