# SPDX-License-Identifier: MIT
"""The table of linalg_bench, of PyTorch: python3 tests/bench/linalg_bench.py [--threads N] [--float]"""
import argparse
import time

import torch


def milliseconds(call):
    best, total, runs = 1e9, 0.0, 0
    while runs < 3 or (total < 300 and runs < 1000):
        start = time.perf_counter()
        call()
        taken = 1e3 * (time.perf_counter() - start)
        best, total, runs = min(best, taken), total + taken, runs + 1
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--float", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    dtype = torch.float32 if options.float else torch.float64
    linalg = torch.linalg
    print(f"{'ms':10} {'n':>5} {'pytorch':>10}")
    for n in (64, 256, 512):
        a, b = torch.randn(n, n, dtype=dtype), torch.randn(n, 16, dtype=dtype)
        definite = a @ a.T + n * torch.eye(n, dtype=dtype)
        rows = {"lu_factor": lambda: linalg.lu_factor(a), "solve": lambda: linalg.solve(a, b),
                "inv": lambda: linalg.inv(a), "cholesky": lambda: linalg.cholesky(definite),
                "qr": lambda: linalg.qr(a), "eigvalsh": lambda: linalg.eigvalsh(definite),
                "eigh": lambda: linalg.eigh(definite), "svdvals": lambda: linalg.svdvals(a),
                "svd": lambda: linalg.svd(a)}
        for name, call in rows.items():
            print(f"{name:10} {n:5} {milliseconds(call):10.3f}")


if __name__ == "__main__":
    main()
