# SPDX-License-Identifier: MIT
"""Copies the contracts of the ops from the C++ headers for Python's help(): op_docs.json.

The `///` comment above a declaration in tensor/*.h is the only place where an op is documented. A
declaration without one belongs to the comment above it, as long as no blank line comes between; an in-place
op that says nothing itself does what its name says, in place. Run by `make python`:

    python3 python/write_op_docs.py python/cutaway/op_docs.json
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The first line of a function at namespace level: its type, then its name.
_DECLARATION = re.compile(r"(?:inline |const |template <.*> )*[\w:<>, ]+[&*]? ?\b(\w+)\(")
# A row: the name in its schema, and the C++ function behind it, which may be called otherwise (concat is cat).
_ROW = re.compile(r'\{"(\w+)[^"]*",\s*(?:composite(?:<.*?>)?\()?cutaway::(\w+)')


def contracts_in(text):
    """(name, contract) for each documented declaration of a header, in order."""
    comment, fresh = [], True
    for line in text.splitlines():
        if line.startswith("///"):
            if fresh:
                comment, fresh = [], False
            comment.append(line[3:].strip())
        elif not line.strip():
            comment, fresh = [], True
        else:
            fresh = True
            found = _DECLARATION.match(line)
            if found and comment and not line.startswith((" ", "class ", "struct ", "//")):
                yield found[1], " ".join(comment)


def read_headers():
    """Name -> contract; overloads with comments of their own have one paragraph each."""
    found = {}
    rows = _rows()
    wanted = rows.keys() | rows.values()
    for header in sorted((ROOT / "tensor").glob("*.h")):
        for name, contract in contracts_in(header.read_text(encoding="utf-8")):
            if name not in wanted:
                continue
            paragraphs = found.setdefault(name, [])
            if contract not in paragraphs:
                paragraphs.append(contract)
    contracts = {name: "\n\n".join(paragraphs) for name, paragraphs in found.items()}
    for name, function in rows.items():
        contracts.setdefault(name, contracts.get(function, ""))
        if name.endswith("_") and not contracts[name] and name[:-1] in contracts:
            contracts[name] = _IN_PLACE + contracts[name[:-1]]
    return dict(sorted(contracts.items()))


_IN_PLACE = "In place: the result is written into self, whose shape and dtype must hold it, and self returned. "


def _rows():
    """Name in the schema -> name of the C++ function, for every row of the catalogue."""
    found = {}
    for source in sorted((ROOT / "tensor").glob("catalogue_*.cpp")):
        text = source.read_text(encoding="utf-8")
        found.update({name: name for name in re.findall(r'\{"(\w+)', text)})
        found.update(dict(_ROW.findall(text)))
    found["unique"] = "unique"  # PyTorch, too, writes it in Python, over the private row _unique2
    return found


if __name__ == "__main__":
    contracts = read_headers()
    pathlib.Path(sys.argv[1]).write_text(json.dumps(contracts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
