# SPDX-License-Identifier: MIT
"""Gradients: cutaway.autograd, PyTorch's torch.autograd.

Reading order:

    _grad_mode.py    is anything recorded?
    _node.py         what was recorded: grad_fn and next_functions
    _backward.py     walking it: backward, grad
    _variable.py     what a tensor shows of all that
    _callback.py     C++ calls Python
    _hooks.py, function.py, graph.py            hooks, ops of your own, what is saved
    anomaly_mode.py                              which line of the forward is to blame?
    gradcheck.py, functional.py                  is a gradient right? Jacobians and Hessians
"""
from . import _hooks, _variable, function, functional, graph
from ._backward import backward, grad
from .anomaly_mode import detect_anomaly, set_detect_anomaly
from ._grad_mode import (enable_grad, inference_mode, is_grad_enabled, is_inference_mode_enabled, no_grad,
                         set_grad_enabled)
from .function import Function
from .gradcheck import GradcheckError, gradcheck, gradgradcheck
