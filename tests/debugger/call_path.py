#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How far is it from `a * b` to the loop? Runs call_path in gdb, stops in the CPU kernel of mul, and
checks the frames between: at most six below the operator, each in the file the README names.

    python3 tests/debugger/call_path.py build/debug/bin/call_path
"""
import re
import shutil
import subprocess
import sys

if shutil.which("gdb") is None:
    print("skipped: gdb is not installed")
    sys.exit(0)

program = sys.argv[1]


def frames_at(breakpoint):
    """The frames, innermost first, at the first stop at `breakpoint`: (function, file)."""
    done = subprocess.run(
        ["gdb", "-q", "-batch", "-nx", "-iex", "set debuginfod enabled off",
         "-ex", "set print frame-arguments none", "-ex", "set width 0",
         "-ex", f"break {breakpoint}", "-ex", "run", "-ex", "backtrace", program],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = re.findall(r"^#\d+\s+(?:0x[0-9a-f]+ in )?(.*) at (\S+):\d+$", done.stdout, re.M)
    if not found:
        sys.exit(f"no stop at {breakpoint}:\n{done.stdout}")
    # "Op<Tensor (...)>::operator() (this=..., args#0=...) const" -> "Op<...>::operator()"
    shorten = lambda call: re.sub(r"<.*>", "<...>", re.sub(r" \([^()]*\)( const)?$", "", call))
    return [(shorten(call), path) for call, path in found]


def expect(frames, wanted):
    for (function, path), (name, file) in zip(frames, wanted):
        if name not in function or not path.endswith(file):
            sys.exit(f"expected {name} in {file}, found {function} in {path}")


forward = frames_at("cutaway::cpu::mul")
for number, (function, path) in enumerate(forward):
    print(f"#{number} {function}  {path}")
expect(forward, [
    ("cutaway::cpu::mul", "tensor/cpu/elementwise.cpp"),
    ("::operator()", "tensor/dispatch.h"),
    ("below_autograd", "tensor/dispatch.h"),
    ("mul", "autograd/derivatives_pointwise.cpp"),
    ("::operator()", "tensor/dispatch.h"),
    ("cutaway::mul", "tensor/ops_pointwise.cpp"),
    ("operator*", "tensor/ops_pointwise.h"),
])
below = next(i for i, (function, _) in enumerate(forward) if "operator*" in function)
if below > 6:
    sys.exit(f"{below} frames below a * b; at most 6")

backward = frames_at("GraphTask::run_node")
names = " ".join(function for function, _ in backward)
for wanted in ("run_node", "GraphTask::run", "run_backward", "autograd::backward", "Tensor::backward"):
    if wanted not in names:
        sys.exit(f"{wanted} is not on the way from loss.backward(): {names}")
print(f"call path: {below} frames below a * b, as the README says")
