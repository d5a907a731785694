#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The house rules that no ready-made tool knows. Run by `make lint`; prints each breach, exits 1.

  - every source file opens with its licence line;
  - no line over 100 columns (but for the rows of the catalogue), no file over 500 lines;
  - no lower folder includes a higher one;
  - file stems are unique in the library, so that an archive can be flattened;
  - a header that includes no other includes tensor/version.h, where a compiler without C++20 is told so;
  - what source files keep to themselves has names of its own in each namespace, so that they can be compiled together;
  - no macro is defined in a header; no iostream is included by one;
  - the library's namespace is opened with the version's name, cutaway::inline v0_1 (packaging/set_version.py);
  - a public header with a name that hosts like to have as a macro stands between macros_off.h and macros_on.h, and
    no capital letter but those of macros_off.h is a name in one;
  - .vscode/launch.json offers every example.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIBRARY = ["tensor", "autograd", "nn", "optim", "io"]
MAY_INCLUDE = {
    "tensor": {"tensor"},
    "autograd": {"autograd", "tensor"},
    "io": {"io", "tensor"},
    "nn": {"nn", "autograd", "tensor"},
    "optim": {"optim", "nn", "io", "autograd", "tensor"},
}

LONG_FILES_ALLOWED = {"tensor/tensor.h", "tensor/tensor.cpp"}  # one class, a line or two for each method
breaches = []


def breach(path, line, text):
    breaches.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".h", ".cpp"}:
                yield path


for path in sources(*LIBRARY, "python", "examples", "tests"):
    lines = path.read_text().splitlines()
    name = str(path.relative_to(ROOT))
    if not lines or lines[0] != "// SPDX-License-Identifier: MIT":
        breach(path, 1, "must open with '// SPDX-License-Identifier: MIT'")
    if len(lines) > 500 and name not in LONG_FILES_ALLOWED:
        breach(path, len(lines), f"{len(lines)} lines; one story takes at most 500")
    for number, line in enumerate(lines, 1):
        if len(line) > 100 and not name.startswith("tensor/catalogue_") and "https://" not in line:
            breach(path, number, f"{len(line)} columns; at most 100")
        if line != line.rstrip() or "\t" in line:
            breach(path, number, "trailing white space or a tab")
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            breach(path, number, "unfinished business in the code")


def names_of(macros, action):
    return re.findall(rf'^#pragma {action}_macro\("(\w+)"\)', (ROOT / "tensor" / macros).read_text(), re.M)


PUT_AWAY = names_of("macros_off.h", "push")
undone = re.findall(r"^#undef (\w+)", (ROOT / "tensor/macros_off.h").read_text(), re.M)
if not PUT_AWAY == undone == names_of("macros_on.h", "pop")[::-1]:
    breach(ROOT / "tensor/macros_off.h", 1, "each name must be pushed, undone and, in macros_on.h, popped in turn")
# Those with arguments leave alone what is neither a call nor a declaration of a function.
WITH_ARGUMENTS = {"min", "max", "abs", "round", "check"}
HOSTS_MACROS = re.compile("|".join(rf"\b{name}\b" + (r"\s*\(" if name in WITH_ARGUMENTS else "") for name in PUT_AWAY))
TEXT_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//.*')

version = re.search(r'kVersion = "(\d+)\.(\d+)\.', (ROOT / "tensor/version.h").read_text())
VERSIONED = f"namespace cutaway::inline v{version[1]}_{version[2]}"

# What begins in the first column of a source file: types, constants, functions (which may differ in their parameters).
OWN_NAME = re.compile(r"(?:class|struct|enum class|enum) (\w+)\b[^;]*$|using (\w+) =|"
                      r"(?:(?:static|inline|constexpr|constinit|const) )+[\w:<>,&* ]*?\b(\w+)(?:\[\w*\])* ?[={;]|"
                      r"((?:static )?[\w:<>,&*]+ [\w:<>,&* ]*\w\(.*)")

stems, own_names = {}, {}
for path in sources(*LIBRARY):
    lines = path.read_text().splitlines()
    if path.suffix == ".h" and path.parent.name != "cpu" and path.stem != "macros_off":
        code = [TEXT_OR_COMMENT.sub("", line) for line in lines]
        has_names = any(HOSTS_MACROS.search(line) for line in code)
        if has_names and not (any("macros_off.h" in line for line in lines) and "macros_on.h" in lines[-1]):
            breach(path, len(lines), "has a name that macros_off.h puts away: include that and, last, macros_on.h")
        for number, line in enumerate(code, 1):
            if set(re.findall(r"\b[A-Z]\b", line)) - set(PUT_AWAY):
                breach(path, number, "a capital letter for a name, which a host may have as a macro")
    folder = path.relative_to(ROOT).parts[0]
    is_first = "#pragma once" in lines and not any(re.match(r'#include "(?!.*macros_o)', line) for line in lines)
    if is_first and path != ROOT / "tensor/version.h":
        breach(path, 1, "includes no other header, so it must include tensor/version.h")
    for number, line in enumerate(lines, 1):
        found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if found:
            target = (path.parent / found[1]).resolve()
            if not target.exists():
                breach(path, number, f"include of {found[1]}, which is not there")
            elif target.relative_to(ROOT).parts[0] not in MAY_INCLUDE[folder]:
                breach(path, number, f"{folder}/ must not include {target.relative_to(ROOT)}")
        if line.startswith("namespace cutaway") and not re.match(VERSIONED + r"\b", line):
            breach(path, number, f"opens a namespace that is not {VERSIONED}")
        if path.suffix == ".h" and re.match(r"\s*#\s*define\b", line):
            breach(path, number, "a macro in a header")
        if path.suffix == ".h" and re.match(r"\s*#\s*include\s+<(iostream|regex|filesystem)>", line):
            breach(path, number, "a heavy header in a header")
    namespace, is_own = None, False
    for number, line in enumerate(lines if path.suffix == ".cpp" else [], 1):
        if line.startswith("namespace cutaway"):
            namespace = line
        elif line in ("namespace {", "}  // namespace"):
            is_own = line == "namespace {"
        found = OWN_NAME.match(line) if is_own or re.match("static |constexpr ", line) else None
        if found:
            name = found[found.lastindex].removeprefix("static ")
            other, where = own_names.setdefault((namespace, name), (path, number))
            if other != path:
                breach(path, number, f"{name} is in {other.relative_to(ROOT)}:{where}, too")
    other = stems.setdefault(path.stem + path.suffix, path)
    if other != path:
        breach(path, 1, f"has the same name as {other.relative_to(ROOT)}")

launch = (ROOT / ".vscode/launch.json").read_text()
offered = re.findall(r'"(\w+)"', re.search(r'"options": \[(.*?)\]', launch, re.S)[1])
if sorted(offered) != sorted(path.stem for path in (ROOT / "examples").glob("*.cpp")):
    breach(ROOT / ".vscode/launch.json", 1, "the options of the input `example` are not the programs in examples/")

print("\n".join(breaches) if breaches else "house rules: kept")
sys.exit(1 if breaches else 0)
