# SPDX-License-Identifier: MIT
"""CUTAWAY_TRACE=1 shows how each call goes through the dispatcher, from Python as from C++."""
import os
import subprocess
import sys
import unittest

from . import ROOT


def trace_of(program, setting="1"):
    """What the program writes to stderr."""
    environment = dict(os.environ, CUTAWAY_TRACE=setting, PYTHONPATH=str(ROOT / "python"))
    done = subprocess.run([sys.executable, "-c", "import cutaway as torch\n" + program],
                          env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stderr


class Trace(unittest.TestCase):
    def test_autograd_around_the_kernel(self):
        status, text = trace_of("x = torch.ones(2, requires_grad=True)\nx * x")
        self.assertEqual(status, 0, text)
        lines = text.splitlines()
        start = lines.index("mul(self=float32 [2], other=float32 [2]): Autograd kernel")
        self.assertIn("  mul(self=float32 [2], other=float32 [2]): CPU kernel", lines[start + 1])
        self.assertRegex(text, r"\n  -> float32 \[2\], grad_fn MulBackward0 #\d+\n")

    def test_a_composite_around_its_ops(self):
        status, text = trace_of("x = torch.ones(2, 2)\ntorch.chain_matmul(x, x)")
        self.assertEqual(status, 0, text)
        self.assertIn("chain_matmul(matrices=[float32 [2, 2], float32 [2, 2]]): made of other ops\n"
                      "  mm(self=float32 [2, 2], mat2=float32 [2, 2]): CPU kernel", text)

    def test_off_and_wrong(self):
        self.assertEqual(trace_of("torch.ones(2)", "0"), (0, ""))
        status, text = trace_of("torch.ones(2)", "loud")
        self.assertEqual(status, 1)
        self.assertIn('ValueError: CUTAWAY_TRACE must be 0 or 1, got "loud"', text)


if __name__ == "__main__":
    unittest.main()
