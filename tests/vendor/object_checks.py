# SPDX-License-Identifier: MIT
"""What the compiled library may hold: read from its object files and shared libraries with nm and readelf.

    no static initialiser   nothing runs before main(), or when a shared library is loaded
    nothing missing         each symbol is ours, the C library's or the C++ library's
    nothing of others'      what it defines for all is in our namespace
"""
import pathlib
import re
import subprocess

LIBRARIES = ("libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2")
# Made by the compiler: addresses of what the linker lays out.
LINKERS = re.compile(r"^(_GLOBAL_OFFSET_TABLE_|__dso_handle|_end|__TMC_END__|_Unwind_\w+|__tls_get_addr|"
                     r"__gxx_personality_v0)$")
OURS = re.compile(r"^(cutaway::|(vtable|typeinfo( name)?|VTT|guard variable|TLS (init|wrapper) function) for cutaway::|"
                  r"(non-)?virtual thunk to cutaway::|operator\S* ?(new|delete)?.*cutaway::|.*\bcutaway::)")


def lines_of(*command):
    done = subprocess.run([str(each) for each in command], check=True, text=True, stdout=subprocess.PIPE)
    return done.stdout.splitlines()


def symbols(*flags_and_files):
    """(kind, name) of each symbol: kind is nm's letter."""
    found = []
    for line in lines_of("nm", "--portability", *flags_and_files):
        parts = line.split()
        if len(parts) >= 2 and len(parts[1]) == 1:
            found.append((parts[1], parts[0].split("@")[0]))
    return found


def demangled(names):
    done = subprocess.run(["c++filt"], input="\n".join(names), check=True, text=True, stdout=subprocess.PIPE)
    return done.stdout.splitlines()


def static_initialisers(objects):
    """Object files with code that runs by itself."""
    runs = re.compile(r"\.(init_array|ctors|preinit_array)\b")
    return [str(path) for path in objects if any(map(runs.search, lines_of("readelf", "-SW", path)))]


def missing(objects):
    """What the objects need, and neither they nor the standard libraries have."""
    found = symbols(*objects)
    defined = {name for kind, name in found if kind not in "Uvw"}
    standard = {name for library in LIBRARIES for _, name in symbols("-D", "--defined-only", path_of(library))}
    needed = {name for kind, name in found if kind == "U"} - defined - standard
    return sorted(name for name in needed if not LINKERS.match(name))


def path_of(library):
    path = lines_of("g++", f"-print-file-name={library}")[0]
    return pathlib.Path(path).resolve()


def strangers(files, *flags):
    """What the files define for all, outside our namespace; templates of the standard library (weak) apart."""
    names = [name for kind, name in symbols("--extern-only", "--defined-only", *flags, *files) if kind not in "VWuvw"]
    return sorted({text for text in demangled(sorted(set(names))) if not OURS.match(text)})


def visible_strangers(library):
    """The same of a shared library, whose weak symbols others see as well."""
    names = [name for _, name in symbols("-D", "--defined-only", library)]
    return sorted({text for text in demangled(sorted(set(names))) if not OURS.match(text)})
