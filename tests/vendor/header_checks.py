# SPDX-License-Identifier: MIT
"""What the public headers cost those who include them: which of the standard library's slow headers they reach.

Time itself is no test on a busy machine; tests/bench/compile_time.py measures it. But most of it goes where it is
easily seen: each header listed here adds 20 to 100 ms to each file of each user, against 300 ms for the ones that a
tensor cannot do without (string, vector, memory).
"""
import pathlib
import subprocess
import tempfile

# What only source files include.
SLOW = {"algorithm", "chrono", "cmath", "complex", "condition_variable", "execution", "filesystem", "fstream", "future",
        "iomanip", "iostream", "locale", "numeric", "random", "ranges", "regex", "semaphore", "shared_mutex", "sstream",
        "stop_token", "thread"}
# What includers of tensor/tensor.h do without as well.
SLOW_FOR_A_TENSOR = SLOW | {"any", "functional", "map", "mutex", "set", "unordered_map", "unordered_set", "variant"}


def reached(compiler, header):
    """The names of all standard headers that this one reaches."""
    done = subprocess.run([compiler, "-std=c++20", "-M", "-x", "c++", str(header)], check=True, text=True,
                          stdout=subprocess.PIPE)
    return {pathlib.Path(word).name for word in done.stdout.replace("\\\n", " ").split()
            if "/c++/" in word and "/bits/" not in word}


def slow_headers(compiler, root):
    """Each slow one that is reached: "tensor/tensor.h reaches <thread>"."""
    with tempfile.NamedTemporaryFile("w", suffix=".h") as light:
        # What these reach in this standard library costs nothing more.
        light.write("".join(f"#include <{name}>\n" for name in ("memory", "string", "vector")))
        light.flush()
        free = reached(compiler, light.name)
    return [f"{header} reaches <{name}>" for header, slow in (("cutaway.h", SLOW), ("tensor/tensor.h", SLOW_FOR_A_TENSOR))
            for name in sorted((reached(compiler, root / header) & slow) - free)]
