# SPDX-License-Identifier: MIT
"""One expression a line, evaluated with this package and with PyTorch: the same text, or the same error.

    x: float32 of shape (2, 3)    y: float32 of 3    i: int64 of 3    b: bool of 3    n: NumPy, where installed

An expression whose op is not in the catalogue is skipped; the test says which.
"""
import re
import unittest
import warnings

from . import ROOT  # noqa: F401

import cutaway

try:
    import torch
except ImportError:
    torch = None
try:
    import numpy
except ImportError:
    numpy = None

OPERATORS = """
x + 1 | 1 + x | x + y | x - 1 | 1 - x | 2 * x | x / 2 | 2 / x | x // 2 | 2 // x | x % 2 | 5 % x | x ** 2 | 2 ** x
x @ x.t() | -x | +x | abs(x) | x == 1 | x != y | x < y | 1 < x | x >= 2 | x > y | x <= 2 | i + 1.5 | i + True
i / 2 | i // 2 | -7 // i | i % 2 | -7 % i | i ** 2 | 2 ** i | i & 1 | 1 & i | (i|1) | 1 ^ i | ~i | ~b | b & b
b ^ True
i << 1 | 1 << i | i >> 1 | x + 'a' | 'a' + x | x == None | x != None | x == 'a' | x @ 2 | x < 'a' | x + None | ~x
x ** 'a' | b + b | b * 2 | -b | x + b | i + b | x.double() + y | x.half() + 1 | i.to(torch.uint8) - 2 | 3 / i
"""
PARSER = """
torch.exp(1) | torch.exp() | torch.exp(x, x) | torch.exp(x, foo=1) | x.exp(1) | x.add('a') | torch.add(1, x)
torch.add('a', x) | torch.zeros('a') | torch.zeros(2, 1.5) | torch.zeros((2, 1.5)) | torch.zeros() | x.transpose(0)
x.transpose(0, 1, 2) | torch.mul(x, 2, 3) | torch.cat(x) | torch.cat([x, 1]) | torch.cat([]) | torch.cat([x], 1.0)
torch.zeros(2, dtype=1) | torch.arange('a') | torch.tensor(2**63) | torch.add(x, 2, alpha='a') | torch.mm(x, 2)
torch.mm(x, input=x) | x.transpose(dim1=1) | torch.zeros(2**63) | x.select(2**63, 0) | torch.add(x, other=y, alpha=2)
torch.add(input=x, other=y) | torch.add(x, x2=y) | torch.sum(x, axis=0) | torch.sum(x, dim=(0, 1), keepdims=True)
x.sum(0) | x.sum((0, 1)) | x.mean() | x.mean((0,)) | torch.max(x, 0) | x.max(dim=1, keepdim=True) | torch.zeros(2, 3)
torch.zeros((2, 3)) | torch.zeros([2, 3], dtype=torch.int64) | torch.zeros(size=(2,)) | torch.full((2,), 7)
torch.full((2,), 7., dtype=torch.int64) | torch.arange(5) | torch.arange(5.) | torch.arange(1, 5)
torch.arange(end=3)
torch.arange(1, 5, 2) | torch.arange(1, 5, .5) | torch.arange(5, dtype=torch.float32) | x.view(3, 2) | x.view((3, 2))
x.view(-1) | x.reshape(6) | x.permute(1, 0) | x.expand(2, 2, 3) | x.unsqueeze(0).shape | x.squeeze() | x.flatten()
torch.cat((x, x), dim=1) | torch.cat(tensors=(x, x), axis=-1) | torch.stack([x, x], 1) | torch.where(x > 2, x, 0.)
x.where(x > 2, torch.tensor(0.)) | torch.where(b, i, 0.5) | torch.mm(x, y) | x.sum(5) | x.view(5) | torch.mv(x, x)
torch.ones(2, requires_grad=True) | torch.zeros_like(x, dtype=torch.int64) | i.add_(1.5) | x.add_(1) | x.fill_(3)
x.softmax(0) | torch.where(b) | x.clamp(2, 5) | x.clamp(min=2) | x.argmax() | x.argmax(1) | i.sum() | i.mean()
(lambda g: (torch.rand(2, generator=g), torch.randint(9, (3,), generator=g)))(torch.Generator().manual_seed(4))
(torch.manual_seed(3), torch.randn(20))[1] | torch.Generator().initial_seed()
(torch.manual_seed(5), torch.randperm(9))[1]
"""
TENSORS = """
x.T | x.mT | y.mT | x.item() | y[0].item() | x.tolist() | torch.tensor(3).tolist() | bool(x) | bool(torch.empty(0))
int(x) | float(x) | int(y[1]) | len(x) | len(torch.tensor(1)) | iter(torch.tensor(1)) | list(y)
[1, 2, 3][torch.tensor(1)]
[1, 2, 3][torch.tensor(1.)] | 'a' in x | 1 in x | 9 in x | complex(torch.tensor(1.)) | f"{torch.tensor(1.5):.2f}"
f"{x:.2f}" | f"{x}" | x.type() | x.device | x.foo | torch.is_tensor(1) | x.shape | x.size() | x.size(1) | x.size(5)
x.stride() | x.stride(5) | x.t().stride() | x.numel() | x.dim() | x.ndim | x.dtype | x.element_size()
x.storage_offset()
x.t().is_contiguous() | x.is_floating_point() | x._version | x.add_(1)._version | x.requires_grad | x.is_leaf | x.grad
x.requires_grad_() | i.requires_grad_() | x.to(torch.int64) | x.to('cpu') | x.type_as(i) | i.float() | x.bool()
x.long()
x.new_zeros(2) | i.new_tensor([1.5]) | x.view_as(x) | (x.requires_grad_() * 2).sum().backward() | x.sum().backward()
(x.requires_grad_() * 2).requires_grad | (x.requires_grad_() + 1).detach() | x.data | torch.equal(x, x)
torch.tensor([[1, 2], [3]]) | torch.tensor('a') | torch.tensor([1, 'a']) | torch.tensor([]) | torch.tensor([[], []])
torch.tensor([True, 2]) | torch.tensor([True, 2.]) | torch.tensor([1, None]) | torch.tensor({})
torch.tensor(range(3))
torch.tensor([1.5], dtype=torch.int64) | torch.tensor([2**40], dtype=torch.int32)
torch.tensor([300], dtype=torch.uint8)
torch.tensor([-1], dtype=torch.uint8) | torch.tensor([1, 2], requires_grad=True)
torch.tensor([1, 2.], requires_grad=True)
torch.tensor(1.5, dtype=torch.float64) | torch.tensor([torch.tensor(1), torch.tensor(2)]) | torch.tensor([[1.], [2.]])
torch.tensor([1e300]) | torch.tensor([float('nan'), torch.inf]) | torch.as_tensor(x) is x | torch.scalar_tensor(3)
x[0] | x[-1] | x[1, 2] | x[0, 0, 0] | x['a'] | x[1.5] | x[::-1] | x[0:1:0] | x[None].shape | x[..., 0] | x[:, 1:]
x[{}]
x[slice(0.5, 1)] | x[2**63] | x[:2**70] | x[()] | x[..., None, 0] | x[1:, ::2] | x[5:] | torch.tensor(1)[0] | x[5]
x[[0, 1]] | x[i - 1] | x[x > 2] | y[b] | x[True] | x[:, [0, 2]] | x[[0, 1], [1, 2]] | x[torch.tensor(1)] | x[..., b]
(x.__setitem__(0, 5), x) | (x.__setitem__((0, slice(1)), y[:1]), x) | x.__setitem__(0, 'a') | x.__setitem__(0, [1])
x.__setitem__(0, torch.ones(4)) | x.__setitem__(0, None) | (x.__setitem__(x > 2, 0), x) | x.__delitem__(0)
"""
OTHERS = """
torch.float32 | torch.finfo(torch.float32) | torch.finfo(torch.float64) | torch.finfo(torch.float16) | torch.finfo()
torch.finfo(torch.bfloat16) | torch.iinfo(torch.int32) | torch.iinfo(torch.uint8) | torch.iinfo(torch.int64)
torch.finfo(torch.int32) | torch.iinfo(torch.float32) | torch.half | torch.double | torch.long
torch.float32.itemsize
torch.Size([2, 3]) + torch.Size([1]) | torch.Size([2, 3])[1:] | (1,) + torch.Size([2]) | torch.Size([2, 3]).numel()
torch.Size([2]) * 2 | torch.set_default_dtype(torch.int32) | torch.set_default_dtype(3) | torch.promote_types(1, 2)
torch.promote_types(torch.int64, torch.float16) | torch.promote_types(torch.uint8, torch.int8)
torch.result_type(1, 2)
torch.is_tensor(x) | torch.is_tensor([1]) | torch.numel(x) | torch.numel(3) | torch.is_floating_point(i)
torch.is_floating_point(3) | torch.is_complex(x) | torch.is_signed(i) | torch.is_signed(i.to(torch.uint8))
torch.is_nonzero(x) | torch.is_nonzero(x[0, 0]) | torch.is_nonzero(torch.zeros(1)) | torch.tensor(0.5).is_nonzero()
torch.is_nonzero(torch.empty(0)) | torch.is_nonzero(1) | bool(torch.tensor([[3]])) | bool(x) | bool(torch.empty(0))
bool(torch.tensor(float("nan"))) | len(x) | len(torch.tensor(1)) | 1.0 in x | 99 in x | torch.tensor(1) in i | "a" in x
x.size(-1) | x.size(-3) | torch.tensor(1).size(0) | x.stride(-1) | torch.tensor(1).stride(0)
torch.broadcast_shapes((2, 1), (3,)) | torch.broadcast_shapes() | torch.broadcast_shapes(3, (2, 1), (0, 2, 3))
torch.broadcast_shapes((2,), (3,)) | torch.broadcast_shapes((0,), (1,)) | torch.broadcast_shapes((2, -1))
torch.result_type(x, 2) | torch.result_type(i, 2.) | torch.result_type(x, i)
torch.can_cast(torch.float64, torch.int32)
torch.can_cast(torch.bool, torch.uint8) | torch.can_cast(torch.int64, torch.float32) | torch.set_num_threads(0)
torch.set_num_threads(1.5) | torch.from_numpy(1) | torch.ones(2, requires_grad=True).__dlpack__() | torch.pi
torch.nan
torch.add(x, x, out=torch.empty(0)) | torch.add(x, x, out=i) | torch.equal(x, x, out=x)
torch.max(x, 0, out=(torch.empty(0), torch.empty(0, dtype=torch.int64))) | torch.sqrt(x, out=torch.ones(2, 3))
"""
NUMPY = """
torch.tensor(n.ones(2)) | torch.tensor([n.float64(1)]) | torch.tensor(n.float32(1)) | torch.tensor([n.ones(2)])
torch.from_numpy(n.ones(3)[::-1]) | torch.from_numpy(n.ones(3, dtype='>f4')) | torch.from_dlpack(n.ones(3))
x * n.float32(2) | n.float32(2) * x | x + n.ones(3) | x[n.int64(1)] | x.requires_grad_().numpy() | n.asarray(x)
x[n.array([0, 1])] | torch.as_tensor(n.arange(3)) | torch.zeros(n.int64(2)) | x.sum(n.int64(0))
"""


def expressions(table):
    return [text.strip() for line in table.strip().splitlines() for text in re.split(r" \| ", line)]


def outcome(module, text):
    names = {"torch": module, "n": numpy, "x": module.tensor([[1, 2, 3], [4, 5, 6.]]), "y": module.tensor([1., 2, 3]),
             "i": module.tensor([1, 2, 3]), "b": module.tensor([True, False, True])}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return repr(eval(text, names))
    except Exception as error:
        return f"{type(error).__name__}: {str(error).partition(chr(10) + 'Exception raised')[0]}"


def is_missing(ours):
    """Whether the outcome says that the catalogue lacks the op."""
    return re.search(r"has no attribute '(?!foo)|unsupported operand type\(s\) for|bad operand type for|"
                     "is not implemented$", ours) is not None


@unittest.skipUnless(torch, "PyTorch is not installed")
class AgainstPyTorch(unittest.TestCase):
    def compare(self, table):
        skipped = []
        for text in expressions(table):
            ours, theirs = outcome(cutaway, text), outcome(torch, text)
            if ours != theirs and is_missing(ours):
                skipped.append(text)
                continue
            with self.subTest(text):
                # An expected text with a quoted traceback ends at the traceback.
                self.assertEqual(ours.rstrip('"'), theirs.rstrip('"'))
        if skipped:
            print(f"\nnot in the catalogue: {'; '.join(skipped)}")

    def test_operators(self):
        self.compare(OPERATORS)

    def test_parser(self):
        self.compare(PARSER)

    def test_tensors(self):
        self.compare(TENSORS)

    def test_others(self):
        self.compare(OTHERS)

    @unittest.skipUnless(numpy, "NumPy is not installed")
    def test_numpy(self):
        self.compare(NUMPY)


if __name__ == "__main__":
    unittest.main()
