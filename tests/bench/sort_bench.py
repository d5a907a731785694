#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sorting and searching beside PyTorch: `python3 tests/bench/sort_bench.py BIN [THREADS]`, where
BIN is the folder of sort_bench. A ratio below 1 means that we are faster."""
import pathlib
import subprocess
import sys
import time

import torch


def milliseconds(call):
    best = 1e9
    for _ in range(7):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best * 1e3


threads = sys.argv[2] if len(sys.argv) > 2 else "1"
torch.set_num_threads(int(threads))
f32, f64 = torch.randn(10**6), torch.randn(10**6, dtype=torch.float64)
i64, u8 = torch.randint(0, 1 << 30, (10**6,)), torch.randint(0, 100, (10**6,), dtype=torch.uint8)
small, rows, edges = torch.randint(0, 1000, (10**6,)), f32.view(1000, 1000), torch.randn(1000).sort()[0]
CASES = {
    "sort_f32": lambda: f32.sort(), "sort_f64": lambda: f64.sort(), "sort_i64": lambda: i64.sort(),
    "sort_u8": lambda: u8.sort(), "sort_rows": lambda: rows.sort(1), "sort_columns": lambda: rows.sort(0),
    "topk_10": lambda: f32.topk(10), "topk_100000": lambda: f32.topk(100000),
    "topk_rows": lambda: rows.topk(10), "unique_f32": lambda: torch._unique2(f32, True, True, True),
    "unique_i64": lambda: torch._unique2(small, True, True, True),
    "searchsorted": lambda: torch.searchsorted(edges, f32), "bincount": lambda: torch.bincount(small),
    "histc": lambda: torch.histc(f32), "isin": lambda: torch.isin(small, small[:1000]),
}
rounds = []
for _ in range(3):  # in turn, so that a machine whose speed drifts is fair to both
    done = subprocess.run([pathlib.Path(sys.argv[1]) / "sort_bench", "--threads", threads],
                          stdout=subprocess.PIPE, text=True, check=True)
    ours = {line.split()[0]: float(line.split()[1]) for line in done.stdout.splitlines()}
    rounds.append({name: (ours[name], milliseconds(call)) for name, call in CASES.items()})
print(f"{'':14} {'cutaway':>10} {'PyTorch':>10} {'ratio':>7}   ms, {threads} thread(s), best of 3 rounds")
for name in CASES:
    mine, theirs = (min(r[name][side] for r in rounds) for side in (0, 1))
    print(f"{name:14} {mine:10.3f} {theirs:10.3f} {mine / theirs:7.2f}")
