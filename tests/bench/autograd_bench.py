#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""autograd_bench beside PyTorch: prints our times, PyTorch's, and the ratios.

    python3 tests/bench/autograd_bench.py build/bin/autograd_bench
"""
import subprocess
import sys
import time

import torch

LENGTH = 1000000


def best_microseconds(step, steps=2000):
    best = float("inf")
    for _ in range(15):
        start = time.perf_counter()
        for _ in range(steps):
            step()
        best = min(best, time.perf_counter() - start)
    return best / steps * 1e6


def without_grad(x, c):
    with torch.no_grad():
        x * c


def small_ops():
    x, w, c = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True), torch.ones(1)
    return {
        "mul, no grad": lambda: without_grad(x, c),
        "mul, forward": lambda: x * c,
        "mul": lambda: (x * c).backward(),
        "neg": lambda: x.neg().backward(),
        "exp": lambda: x.exp().backward(),
        "x * x": lambda: (x * x).backward(),
        "x * w": lambda: (x * w).backward(),
        "grad(x * w)": lambda: torch.autograd.grad(x * w, x),
        "x * w + x": lambda: (x * w + x).backward(),
    }


def chain():
    def now():
        return time.perf_counter()
    x = torch.ones(1, requires_grad=True)
    start, y = now(), x
    for _ in range(LENGTH):
        y = y + 1
    forward, start = now() - start, now()
    y.backward()
    backward, start = now() - start, now()
    del y
    return {"forward": forward, "backward": backward, "freeing": now() - start}


def main():
    torch.set_num_threads(1)
    output = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, text=True, check=True).stdout
    ours = {}
    for line in output.splitlines():
        name, value = line[:14].strip(), line[14:].strip()
        if value.replace(".", "").isdigit():
            ours[name] = float(value)
    print(f"{'ours / PyTorch':14} {'ours':>8} {'theirs':>8} {'ratio':>6}   one float, us; PyTorch through Python")
    for name, step in small_ops().items():
        theirs = best_microseconds(step)
        print(f"{name:14} {ours[name]:8.3f} {theirs:8.3f} {ours[name] / theirs:6.2f}", flush=True)
    print(f"a chain of {LENGTH} x + 1, s")
    for name, theirs in chain().items():
        print(f"{name:14} {ours[name]:8.3f} {theirs:8.3f} {ours[name] / theirs:6.2f}")


main()
