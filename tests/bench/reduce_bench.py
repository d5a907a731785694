#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""reduce_bench beside PyTorch: prints our microseconds, PyTorch's, and the ratios.

    python3 tests/bench/reduce_bench.py build/bin/reduce_bench [THREADS]
"""
import subprocess
import sys
import time

import torch


def over(function):
    """A reduction of everything, or along one dimension."""
    return lambda x, dim: function(x) if dim is None else function(x, dim)


ENTRIES = {
    "sum": over(torch.sum), "mean": over(torch.mean), "prod": over(torch.prod),
    "amax": over(torch.amax), "max": over(torch.max), "argmax": over(torch.argmax),
    "any": over(torch.any), "var": over(torch.var),
    "norm": lambda x, dim: torch.linalg.vector_norm(x, 2, dim),
    "logsumexp": lambda x, dim: torch.logsumexp(x, (0, 1) if dim is None else dim),
    "softmax": torch.softmax, "cumsum": torch.cumsum, "cumprod": torch.cumprod,
    "cummax": torch.cummax, "logcumsumexp": torch.logcumsumexp, "median": torch.median,
}
SCANS = {"softmax", "cumsum", "cumprod", "cummax", "logcumsumexp", "median"}


def best_microseconds(function, x, dim):
    best = float("inf")
    for _ in range(15):
        start = time.perf_counter()
        function(x, dim)
        best = min(best, time.perf_counter() - start)
    return best * 1e6


def main():
    program = sys.argv[1]
    threads = sys.argv[2] if len(sys.argv) > 2 else "1"
    torch.set_num_threads(int(threads))
    output = subprocess.run([program, "--threads", threads], stdout=subprocess.PIPE, text=True, check=True).stdout
    ours = {words[0]: list(map(float, words[1:4])) for words in map(str.split, output.splitlines()[1:])}
    matrix = torch.randn(1000, 1000)
    print(f"{'ours / PyTorch':14} {'all':>21} {'last':>21} {'first':>21}   us, {threads} thread(s)")
    for name, function in ENTRIES.items():
        whole = (matrix.flatten(), 0) if name in SCANS else (matrix, None)
        theirs = [best_microseconds(function, x, dim) for x, dim in (whole, (matrix, 1), (matrix, 0))]
        cells = [f"{a:7.0f}/{b:7.0f} {a / b:5.2f}" for a, b in zip(ours[name], theirs)]
        print(f"{name:14} " + " ".join(cells), flush=True)


main()
