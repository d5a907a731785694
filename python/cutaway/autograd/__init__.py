# SPDX-License-Identifier: MIT
"""Gradients: cutaway.autograd, PyTorch's torch.autograd.

Reading order: _grad_mode.py (is anything recorded?), _node.py (what was recorded), _backward.py (walking it),
_variable.py (what a tensor shows of it), _callback.py (C++ calls Python), _hooks.py,
_function.py (ops of your own).
"""
from . import _function as function
from . import _hooks, _variable
from ._backward import backward, grad
from ._function import Function
from ._grad_mode import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
