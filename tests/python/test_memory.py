# SPDX-License-Identifier: MIT
"""Who owns what: no handle is lost, and memory shared with NumPy and by DLPack outlives either side."""
import copy
import gc
import pickle
import subprocess
import sys
import threading
import unittest

from . import ROOT

import cutaway as torch
from cutaway import _exchange
from cutaway._library import lib

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch as pytorch
except ImportError:
    pytorch = None


class Balanced(unittest.TestCase):
    """Ends with as many handles and held objects as it began with."""

    def setUp(self):
        gc.collect()
        self.before = lib.live_tensors(), len(_exchange._held)

    def tearDown(self):
        gc.collect()
        self.assertEqual((lib.live_tensors(), len(_exchange._held)), self.before)


class Handles(Balanced):
    def test_100_000_calls_leave_nothing(self):
        x, y = torch.ones(2, 2), torch.ones(2)
        for _ in range(100_000 // 8):
            x + y
            x * 2
            x.exp_()
            x.max(1)
            x[0]
            x.sum(0)
            torch.cat([x, x])
            try:
                torch.mm(x, y)
            except RuntimeError:
                pass
        self.assertLess(lib.live_tensors(), self.before[0] + 10)

    def test_many_results(self):
        many = torch.ones(200, 2)
        rows = list(many)
        self.assertEqual(lib.live_tensors(), self.before[0] + 201)
        self.assertEqual(rows[199].tolist(), [1, 1])
        if "unbind" in dir(many):
            self.assertEqual(len(many.unbind(0)), 200)  # more than a result buffer holds

    def test_grad_is_one_object(self):
        x = torch.ones(2, requires_grad=True)
        (x * 3).sum().backward()
        self.assertIs(x.grad, x.grad)
        self.assertEqual(x.grad.tolist(), [3, 3])
        x.grad = None
        self.assertIsNone(x.grad)

    def test_copies_and_pickles(self):
        for dtype in torch._dtype.ALL:
            x = torch.ones(2, 3, dtype=dtype)
            for y in (copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
                self.assertEqual((y.tolist(), y.dtype, y.shape), (x.tolist(), x.dtype, x.shape))
                self.assertNotEqual(y.data_ptr(), x.data_ptr())

    def test_threads_call_at_once(self):
        results = []

        def work(number):
            x = torch.full((64,), float(number))
            for _ in range(500):
                x = (x + 1) - 1
            results.append((number, x.sum().item()))
        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(results), [(number, 64.0 * number) for number in range(4)])

    def test_a_program_that_ends_with_tensors_alive(self):
        code = ("import cutaway as torch, threading\n"
                "x = torch.ones(3, requires_grad=True); y = (x * 2).sum(); y.backward(); g = torch.Generator()\n"
                "class Cycle: pass\n"
                "c = Cycle(); c.c = c; c.x = x\n"
                "print(x.grad)\n")
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                              env={"PYTHONPATH": str(ROOT / "python")})
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "tensor([2., 2., 2.])\n", ""))


@unittest.skipUnless(numpy, "NumPy is not installed")
class NumPy(Balanced):
    def test_a_tensor_over_an_array(self):
        a = numpy.arange(6.0).reshape(2, 3)
        x = torch.from_numpy(a)
        a[0, 0] = 9
        x[1, 2] = -1
        self.assertEqual((x[0, 0].item(), a[1, 2]), (9, -1))
        del a
        gc.collect()
        self.assertEqual(x.tolist(), [[9, 1, 2], [3, 4, -1]])

    def test_an_array_over_a_tensor(self):
        x = torch.ones(2, 3)
        a = x.t().numpy()
        self.assertEqual((a.shape, a.strides), ((3, 2), (4, 12)))
        a[0, 1] = 5
        self.assertEqual(x[1, 0].item(), 5)
        del x
        gc.collect()
        self.assertEqual(a.sum(), 10)

    def test_strides_offsets_and_dtypes(self):
        for dtype in torch._dtype.ALL:
            if dtype._name == "bfloat16":
                with self.assertRaisesRegex(TypeError, "Got unsupported ScalarType BFloat16"):
                    torch.ones(2, dtype=dtype).numpy()
                continue
            x = torch.arange(12).reshape(3, 4).to(dtype)[1:, ::2]
            a = x.numpy()
            self.assertEqual((a.tolist(), str(a.dtype)), (x.tolist(), dtype._name))
            y = torch.from_numpy(a)
            self.assertEqual((y.dtype, y.stride(), y.tolist()), (dtype, x.stride(), x.tolist()))
            self.assertEqual(y.data_ptr(), x.data_ptr())

    def test_refused(self):
        for array, text in ((numpy.ones(3)[::-1], "At least one stride in the given numpy array is negative"),
                            (numpy.ones(3, dtype=">f4"), "byte order different from the native byte order"),
                            (numpy.array(["a"]), "can't convert np.ndarray of type numpy.str_")):
            with self.assertRaisesRegex((ValueError, TypeError), text):
                torch.from_numpy(array)
        with self.assertRaisesRegex(TypeError, "expected np.ndarray"):
            torch.from_numpy(1)
        with self.assertRaisesRegex(RuntimeError, "Can't call numpy"):
            torch.ones(2, requires_grad=True).numpy()

    def test_copies_where_a_copy_is_asked(self):
        a = numpy.ones(3)
        x = torch.tensor(a)
        a[0] = 2
        self.assertEqual((x.tolist(), x.dtype), ([1, 1, 1], torch.float64))
        self.assertEqual(torch.as_tensor(a).data_ptr(), a.ctypes.data)
        self.assertEqual(numpy.asarray(torch.ones(2), dtype="f8").dtype, numpy.float64)

    def test_mixed_with_tensors(self):
        x = torch.ones(2)
        self.assertEqual((x * numpy.float32(2)).tolist(), [2, 2])
        self.assertEqual((numpy.float64(2) * x).tolist(), [2, 2])
        self.assertEqual(torch.tensor([numpy.float64(1), 2]).dtype, torch.float64)
        self.assertEqual(x[numpy.int64(1)].item(), 1)
        self.assertEqual(numpy.sum(x), 2)

    def test_empty(self):
        self.assertEqual(torch.zeros(0, 3).numpy().shape, (0, 3))
        self.assertEqual(torch.from_numpy(numpy.zeros((0, 3))).shape, (0, 3))
        self.assertEqual(torch.from_numpy(numpy.array(3.0)).item(), 3)


class DLPack(Balanced):
    def test_with_itself(self):
        x = torch.arange(6.0).reshape(2, 3).t()
        for version in (None, (1, 0)):
            y = torch.from_dlpack(x.__dlpack__(max_version=version))
            y[0, 0] = 7
            self.assertEqual((x[0, 0].item(), y.stride()), (7, x.stride()))
        self.assertEqual(x.__dlpack_device__(), (1, 0))

    def test_a_capsule_is_taken_once(self):
        capsule = torch.ones(2).__dlpack__()
        torch.from_dlpack(capsule)
        with self.assertRaisesRegex(RuntimeError, "can be consumed only once"):
            torch.from_dlpack(capsule)

    def test_a_capsule_that_nobody_takes(self):
        for version in (None, (1, 0)):
            capsule = torch.ones(2).__dlpack__(max_version=version)
            self.assertGreater(lib.live_tensors() + 1, self.before[0])
            del capsule

    def test_memory_is_freed_with_the_last_owner(self):
        x = torch.ones(3)
        y = torch.from_dlpack(x)
        del x
        gc.collect()
        self.assertEqual(y.tolist(), [1, 1, 1])

    def test_refused(self):
        with self.assertRaisesRegex(BufferError, "Can't export tensors that require gradient"):
            torch.ones(2, requires_grad=True).__dlpack__()
        with self.assertRaises(TypeError):
            torch.from_dlpack(3)
        with self.assertRaises(BufferError):
            torch.ones(2).__dlpack__(dl_device=(2, 0))

    @unittest.skipUnless(numpy, "NumPy is not installed")
    def test_numpy(self):
        x = torch.ones(2, 3)
        a = numpy.from_dlpack(x)
        x[0, 0] = 4
        self.assertEqual(a[0, 0], 4)
        b = numpy.zeros(3)
        y = torch.from_dlpack(b)
        y[1] = 5
        self.assertEqual(b.tolist(), [0, 5, 0])
        del b, x
        gc.collect()
        self.assertEqual((y.tolist(), a.sum()), ([0, 5, 0], 9))

    @unittest.skipUnless(pytorch, "PyTorch is not installed")
    def test_pytorch(self):
        for dtype in torch._dtype.ALL:
            x = torch.ones(2, 3, dtype=dtype)
            theirs = pytorch.from_dlpack(x)
            self.assertEqual((str(theirs.dtype), theirs.data_ptr()), (repr(dtype), x.data_ptr()))
            theirs[1, 2] = 0
            self.assertEqual(x[1, 2].item(), 0)
            ours = torch.from_dlpack(pytorch.ones(2, 3, dtype=theirs.dtype).t())
            self.assertEqual((ours.dtype, ours.stride()), (dtype, (1, 3)))
            del theirs
        theirs = pytorch.zeros(3)
        ours = torch.from_dlpack(theirs)
        ours[1] = 4
        self.assertEqual(theirs.tolist(), [0, 4, 0])
        del theirs
        gc.collect()
        self.assertEqual(ours.tolist(), [0, 4, 0])


if __name__ == "__main__":
    unittest.main()
