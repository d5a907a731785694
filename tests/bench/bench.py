#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`make bench`: our speed beside the reference versions and, where torch is importable, PyTorch.

Programs are run in turn (ours, theirs, ours, ...) and compared by the median of the ratios within
each round, so that a machine whose speed drifts still gives a fair answer.
"""
import gzip
import importlib.util
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = ROOT / "build" / "bin"
HAVE_TORCH = importlib.util.find_spec("torch") is not None
BESIDE_PYTORCH = ("autograd_bench",)  # whose script prints PyTorch's times as well
ROUNDS = int(os.environ.get("ROUNDS", "5"))


def key_values(command):
    """Runs a program and gives the key=value pairs of its last line."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed with status {done.returncode}")
    return dict(pair.split("=") for pair in done.stdout.strip().splitlines()[-1].split())


def mnist_folder(temporary):
    """The real training set if it is there, else one of the same size made of random pixels."""
    for place in (os.environ.get("CUTAWAY_DATA"), ROOT / "data"):
        if place and (pathlib.Path(place) / "mnist" / "train-images-idx3-ubyte.gz").exists():
            return pathlib.Path(place) / "mnist", "MNIST"
    generator = random.Random(0)
    images = bytes([0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28])
    # Four fifths of MNIST's pixels are 0; repeating one block keeps this quick.
    block = bytes(generator.choice((0, 0, 0, 0, generator.randrange(256))) for _ in range(784 * 600))
    labels = bytes(generator.randrange(10) for _ in range(60000))
    folder = pathlib.Path(temporary)
    with gzip.open(folder / "train-images-idx3-ubyte.gz", "wb", 6) as file:
        file.write(images + block * 100)
    with gzip.open(folder / "train-labels-idx1-ubyte.gz", "wb", 6) as file:
        file.write(bytes([0, 0, 8, 1, 0, 0, 0xEA, 0x60]) + labels)
    return folder, "random pixels (MNIST not found)"


def bench_mnist():
    with tempfile.TemporaryDirectory() as temporary:
        folder, name = mnist_folder(temporary)
        print(f"One epoch of 784-256-10, Adam, batch 64, reading the files included; data: {name}")
        contenders = {
            "cutaway, 1 thread": [BIN / "mnist_epoch", "--data", folder, "--threads", "1"],
            "cutaway, 2 threads": [BIN / "mnist_epoch", "--data", folder, "--threads", "2"],
        }
        if HAVE_TORCH:
            script = [sys.executable, ROOT / "tests" / "bench" / "mnist_epoch.py", folder]
            for style in ("sliced", "loader"):
                for threads in ("1", "2"):
                    label = f"PyTorch {style}, {threads} thread" + ("s" if threads == "2" else "")
                    contenders[label] = script + ["--threads", threads, "--style", style]
        else:
            print("PyTorch: skipped, torch is not importable")
        rounds = [{label: key_values(command) for label, command in contenders.items()}
                  for _ in range(ROUNDS)]
    print(f"{'':24} {'seconds':>8} {'peak MB':>8} {'loss':>8}   medians of {ROUNDS} rounds")
    for label in contenders:
        seconds, peak, loss = (statistics.median(float(r[label][key]) for r in rounds)
                               for key in ("seconds", "peak_mb", "loss"))
        print(f"{label:24} {seconds:8.3f} {peak:8.1f} {loss:8.4f}")

    def ratio(text, ours, theirs, key="seconds"):
        values = [min(float(r[o][key]) for o in ours) / min(float(r[t][key]) for t in theirs)
                  for r in rounds]
        print(f"{text}: {statistics.median(values):.2f}  (rounds: "
              + ", ".join(f"{value:.2f}" for value in values) + ")")

    ours = [label for label in contenders if label.startswith("cutaway")]
    ratio("two threads / one", ["cutaway, 2 threads"], ["cutaway, 1 thread"])
    if HAVE_TORCH:
        for style in ("sliced", "loader"):
            theirs = [label for label in contenders if style in label]
            ratio(f"cutaway, best of 1 and 2 threads / PyTorch {style}, best of 1 and 2", ours, theirs)
        theirs = [label for label in contenders if "PyTorch" in label]
        ratio("peak memory, cutaway / PyTorch", ours, theirs, "peak_mb")


def main():
    print("== MNIST ==")
    bench_mnist()
    print("\n== compile time ==", flush=True)
    subprocess.run([sys.executable, str(ROOT / "tests/bench/compile_time.py"), "--rounds", str(ROUNDS)], check=True)
    for program in sorted(path.stem for path in (ROOT / "tests" / "bench").glob("*_bench.cpp")):
        print(f"\n== {program} ==", flush=True)
        command = [str(BIN / program)]
        if HAVE_TORCH and program in BESIDE_PYTORCH:
            command.insert(0, str(ROOT / "tests" / "bench" / (program + ".py")))
            command.insert(0, sys.executable)
        subprocess.run(command, check=True)


main()
