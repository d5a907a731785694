#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""unary_bench beside PyTorch: prints our microseconds, PyTorch's, and the ratios.

    python3 tests/bench/unary_bench.py build/bin/unary_bench
"""
import subprocess
import sys
import time

import torch

FUNCTIONS = {
    "silu": torch.nn.functional.silu, "mish": torch.nn.functional.mish,
    "softplus": torch.nn.functional.softplus, "elu": torch.nn.functional.elu,
    "gelu": torch.nn.functional.gelu,
    "gelu_tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    "pow": lambda x: x.pow(2.5),
}


def best_microseconds(function, x):
    best = float("inf")
    for _ in range(25):
        start = time.perf_counter()
        function(x)
        best = min(best, time.perf_counter() - start)
    return best * 1e6


def main():
    torch.set_num_threads(1)
    x = torch.arange(100000) / 100000
    centered = 2 * x - 1
    output = subprocess.run(sys.argv[1:2], stdout=subprocess.PIPE, text=True, check=True).stdout
    print(f"{'':10} {'ours':>9} {'PyTorch':>9} {'ratio':>6}   us, 1 thread")
    for name, ours, *plain in map(str.split, output.splitlines()[1:]):
        function = FUNCTIONS.get(name) or getattr(torch, name)
        theirs = best_microseconds(function, x if plain else centered)
        print(f"{name:10} {float(ours):9.1f} {theirs:9.1f} {float(ours) / theirs:6.2f}", flush=True)


main()
