#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the README against the tree: linked files exist, `make` targets exist, the C++ compiles."""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
text = (ROOT / "README.md").read_text()
wrong = []

for target in re.findall(r"\]\(([^)#]+)\)", text):
    if "://" not in target and not (ROOT / target).exists():
        wrong.append(f"README links to {target}, which does not exist")

makefile = (ROOT / "Makefile").read_text()
for command in re.findall(r"^make (?:-j2 )?([a-z_-]+)", text, re.M) + re.findall(r"`make ([a-z_-]+)", text):
    is_example = (ROOT / "examples" / f"{command}.cpp").exists()  # make NAME runs examples/NAME.cpp
    if not is_example and not re.search(rf"^{re.escape(command)}:|^\.PHONY:.*\b{re.escape(command)}\b", makefile, re.M):
        wrong.append(f"README says `make {command}`, which is no target")

for code in re.findall(r"```cpp\n(.*?)```", text, re.S):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
        file.write(code)
        file.flush()
        done = subprocess.run(["g++", "-std=c++20", "-fsyntax-only", f"-I{ROOT}", file.name],
                              stderr=subprocess.PIPE, text=True)
        if done.returncode:
            wrong.append("the README's C++ does not compile:\n" + done.stderr)

print("\n".join(wrong) if wrong else "README: links, targets and code hold")
sys.exit(1 if wrong else 0)
