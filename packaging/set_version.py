#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Gives the library another version.

    python3 packaging/set_version.py 0.2.0 [ROOT]

The version stands in tensor/version.h and CMakeLists.txt, and, as v0_2, in the inline namespace that every file of the
library opens: symbols of 0.1 and of 0.2 have different names, so a program may contain both (of one version in two
parts of a program, as ever, one copy is taken). A patch (0.1.0 -> 0.1.1) changes no declaration and keeps the name.
README.md names that namespace and the version to ask for; its changelog must have an entry for the new version.
ROOT is the project's folder, this one unless said.
"""
import argparse
import pathlib
import re
import sys

FOLDERS = ("tensor", "autograd", "nn", "optim", "io")
NUMBER = "(0|[1-9][0-9]*)"
NAMESPACE = re.compile(r"^namespace cutaway::inline v\w+", re.M)


def replace(path, pattern, new):
    text, times = re.subn(pattern, new, path.read_text(), flags=re.M)
    if times != 1:
        raise SystemExit(f"{path}: {times} places say the version where there should be one ({pattern})")
    path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("version", help="MAJOR.MINOR.PATCH")
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    flags = parser.parse_args()
    if not re.fullmatch(rf"{NUMBER}\.{NUMBER}\.{NUMBER}", flags.version):
        raise SystemExit(f"a version is MAJOR.MINOR.PATCH, not {flags.version}")
    major, minor, patch = flags.version.split(".")
    header, readme = flags.root / "tensor/version.h", flags.root / "README.md"
    if not all(path.is_file() for path in (header, readme, flags.root / "CMakeLists.txt")):
        raise SystemExit(f"{flags.root} lacks tensor/version.h, CMakeLists.txt or README.md: nothing was changed")
    if f"\n- **{flags.version}** " not in readme.read_text():
        raise SystemExit(f"{readme}: the changelog has no entry `- **{flags.version}** ...`: write that first (nothing "
                         "was changed)")
    replace(header, r"kVersionMajor = \d+, kVersionMinor = \d+, kVersionPatch = \d+",
            f"kVersionMajor = {major}, kVersionMinor = {minor}, kVersionPatch = {patch}")
    replace(header, r'kVersion = ".*"', f'kVersion = "{flags.version}"')
    replace(flags.root / "CMakeLists.txt", r"^project\(cutaway VERSION \S+", f"project(cutaway VERSION {flags.version}")
    replace(readme, r"^find_package\(cutaway \S+", f"find_package(cutaway {major}.{minor}")
    readme.write_text(re.sub(r"\bcutaway::v\d+_\d+\b", f"cutaway::v{major}_{minor}", readme.read_text()))
    for folder in FOLDERS:
        for path in sorted((flags.root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                text = path.read_text()
                changed = NAMESPACE.sub(f"namespace cutaway::inline v{major}_{minor}", text)
                if changed != text:
                    path.write_text(changed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
