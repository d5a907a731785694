#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What does including the library cost? Seconds of a processor for a file that does nothing else.

    python3 tests/bench/compile_time.py [--rounds 9] [--compilers g++,clang++]

The files are compiled in turn, so that a machine whose speed drifts treats all alike; the medians are shown. The
first file includes three standard headers that a tensor cannot do without: the rest is what the library adds. The
aims are 1.0 s for cutaway.h and 0.5 s for tensor/tensor.h; tests/vendor/header_checks.py guards what most of it
hangs on.
"""
import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FILES = {
    "<vector> <string> <memory>": "#include <vector>\n#include <string>\n#include <memory>\n",
    "tensor/tensor.h": f'#include "{ROOT}/tensor/tensor.h"\n',
    "cutaway.h": f'#include "{ROOT}/cutaway.h"\n',
}
WAYS = {"-fsyntax-only": ["-fsyntax-only"], "-c -O0": ["-c", "-O0", "-o", os.devnull]}


def seconds(command):
    """User time: what waits and reads from disk is not the headers' fault."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--compilers", default="g++,clang++")
    flags = parser.parse_args()
    compilers = [each for each in flags.compilers.split(",") if shutil.which(each)]
    times = {}
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(FILES.values()):
            pathlib.Path(folder, f"{i}.cpp").write_text(text)
        for _ in range(flags.rounds):
            for compiler in compilers:
                for way, options in WAYS.items():
                    for i, name in enumerate(FILES):
                        spent = seconds([compiler, "-std=c++20", *options, f"{folder}/{i}.cpp"])
                        times.setdefault((compiler, way, name), []).append(spent)
    print(f"{'seconds, medians of ' + str(flags.rounds):42}" + "".join(f"{c + ' ' + w:>24}" for c in compilers
                                                                      for w in WAYS))
    for name in FILES:
        print(f"{name:42}" + "".join(f"{statistics.median(times[c, w, name]):24.2f}" for c in compilers for w in WAYS))


main()
