# SPDX-License-Identifier: MIT
"""Indexing, gathering, masking and rearranging a million elements: us per call, beside PyTorch's.

    python3 tests/bench/index_bench.py [PATH OF index_bench] [THREADS]     (needs PyTorch)
"""
import subprocess
import sys
import time

import torch
import torch.nn.functional as F

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "build/bin/index_bench"
THREADS = sys.argv[2] if len(sys.argv) > 2 else "2"

torch.set_num_threads(int(THREADS))
torch.manual_seed(0)
n = 1000000
x, out = torch.randn(n), torch.zeros(n)
matrix = x.view(1000, 1000)
index = torch.randint(0, n, (n,))
rows = torch.randint(0, 1000, (1000,))
columns = torch.randint(0, 1000, (1000, 1000))
mask = x > 0

CASES = {
    "index": lambda: x[index],
    "index_rows": lambda: matrix[rows],
    "index_columns": lambda: matrix[:, rows],
    "index_mask": lambda: x[mask],
    "index_put": lambda: out.index_put_((index,), x),
    "index_put_accumulate": lambda: out.index_put_((index,), x, True),
    "gather": lambda: matrix.gather(1, columns),
    "scatter": lambda: matrix.scatter_(1, columns, matrix.clone()),
    "scatter_add": lambda: matrix.scatter_add_(1, columns, matrix.clone()),
    "masked_select": lambda: x.masked_select(mask),
    "masked_fill": lambda: x.masked_fill(mask, 0),
    "nonzero": lambda: mask.nonzero(),
    "cat": lambda: torch.cat([matrix, matrix], 1),
    "flip_rows": lambda: matrix.flip(0),
    "flip_columns": lambda: matrix.flip(1),
    "roll": lambda: matrix.roll((7, 9), (0, 1)),
    "repeat": lambda: rows.repeat(1000),
    "pad_reflect": lambda: F.pad(matrix, (3, 4), "reflect"),
}


def microseconds(call):
    best = 1e9
    for _ in range(30):
        start = time.perf_counter()
        call()
        best = min(best, (time.perf_counter() - start) * 1e6)
    return best


ours = {}
for line in subprocess.run([PROGRAM, "--threads", THREADS], check=True, capture_output=True, text=True).stdout.splitlines():
    name, value = line.split()
    ours[name] = float(value)
print(f"{'':22} {'ours us':>9} {'torch us':>9} {'ratio':>6}   threads: {THREADS}")
for name, call in CASES.items():
    theirs = microseconds(call)
    print(f"{name:22} {ours[name]:9.0f} {theirs:9.0f} {ours[name] / theirs:6.2f}")
