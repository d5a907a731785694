#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Can somebody take the library home? Each way of getting it, with each compiler, by a tiny project of its own.

    make vendor-test
    python3 tests/vendor/vendor_test.py [--compilers g++,clang++] [--only PATTERN]

    copy            tensor/ alone, then autograd/ beside it, then all folders; every .cpp compiled with nothing but
                    -std=c++20 -pthread
    add_subdirectory, FetchContent, find_package (installed into relative and absolute directories), each by the lines
                    that the README shows; pkg-config, and gdb with the installed printers
    make_install    `make install`, found by pkg-config; with the first compiler only
    amalgamation    cutaway.h and cutaway.cpp, one command; with -fno-rtti, too; two_versions: it, as another version,
                    and the copied folders in one program
    shared          cutaway as shared libraries: they show our namespace and nothing else
    headers         every public header alone; they reach no slow header of the standard library
    old_standard    a compiler that has not been told of C++20 says so first
    objects         what the library was compiled to, see object_checks.py (after copy); checks: that they can fail

The consumers (consumer/) are compiled with warnings as errors, after hostile.h has defined a hundred macros that hosts
have (min, Bool, each capital letter), and with decoys named like our headers in front of the include path. By CMake the
first compiler gets file after file, which is CMake's default, and the others several at a time (CMAKE_UNITY_BUILD), as
hosts in a hurry have it. With ccache, where it is installed, what two ways compile alike is compiled once. Nothing is
fetched: where the system lets us, the network is off. Exit status 1 where anything fails.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import header_checks
import object_checks

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDERS = ("tensor", "autograd", "nn", "optim", "io")
STRICT = ("-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Werror "
          f"-include {HERE}/consumer/hostile.h").split()
LAUNCHER = [shutil.which("ccache")] if shutil.which("ccache") else []


class Failed(Exception):
    pass


def run(*command, cwd=None, **environment):
    done = subprocess.run([str(each) for each in command], cwd=cwd, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**os.environ, **environment})
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout[-4000:]}")
    return done.stdout


def refused(saying, *command):
    """Runs a command that must fail, with a text in what it says."""
    try:
        run(*command)
    except Failed as failure:
        if saying not in str(failure):
            raise
    else:
        raise Failed(f"{' '.join(map(str, command))}: was not refused ({saying})")


def compile_all(jobs, cwd=None):
    """Runs the commands, as many at a time as there are processors."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(lambda job: run(*job, cwd=cwd), jobs):
            pass


def library_version():
    return re.search(r'kVersion = "(.*)"', (ROOT / "tensor/version.h").read_text())[1]


def make_decoys(folder):
    """Files that are named as our headers are, and must never be included."""
    folder.mkdir()
    for name in FOLDERS:
        for header in (ROOT / name).rglob("*.h"):
            (folder / header.name).write_text(f'#error "{header.name} is not the library\'s"\n')
    return folder


def snippet(command):
    """The README's CMake lines with that command, for this tree."""
    blocks = re.findall(r"^```cmake\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    found = [block for block in blocks if command in block]
    if len(found) != 1:
        raise Failed(f"README.md has {len(found)} snippets of CMake with {command} where there should be one")
    return found[0].replace("add_subdirectory(cutaway)", f"add_subdirectory({ROOT} cutaway)").replace(
        "/path/to/cutaway", str(ROOT))


class Way:
    """One compiler, and a folder in which the ways are gone."""

    def __init__(self, compiler, folder, together):
        self.compiler, self.folder = compiler, folder
        self.unity = [f"-DCMAKE_UNITY_BUILD={'ON' if together else 'OFF'}"]
        # Of types that the library has, clang++ expects that it has been compiled with -g, too.
        self.debug_info = ["-g", "-fstandalone-debug"] if "clang" in compiler else ["-g"]
        self.decoys = make_decoys(folder / "decoys")

    def consumer(self, name, *flags, folder):
        """Compiles, links and runs a consumer."""
        program = folder / pathlib.Path(name).stem
        run(self.compiler, "-std=c++20", "-pthread", *STRICT, f"-I{self.decoys}", HERE / "consumer" / name, *flags,
            "-o", program)
        run(program, cwd=folder)

    # ---- Six ways ----

    def copy(self):
        """Folder after folder is copied into one project; each time what is there must do."""
        home = self.folder / "copy"
        (home / "cutaway").mkdir(parents=True)
        objects = []
        for names, program in ((["tensor"], "tensor_only.cpp"), (["autograd"], "autograd_only.cpp"),
                               (["nn", "optim", "io"], "main.cpp")):
            for name in names:
                shutil.copytree(ROOT / name, home / "cutaway" / name)
            sources = sorted(path.relative_to(home) for name in names
                             for path in (home / "cutaway" / name).rglob("*.cpp"))
            compile_all([[self.compiler, "-std=c++20", "-pthread", "-c", source, "-o", source.with_suffix(".o")]
                         for source in sources], cwd=home)
            objects += [home / source.with_suffix(".o") for source in sources]
            if program == "main.cpp":
                shutil.copy(ROOT / "cutaway.h", home / "cutaway")
            self.consumer(program, f"-I{home}/cutaway", *objects, folder=home)

    def amalgamation(self):
        """Of a copy that has been given another version."""
        home, tree = self.folder / "amalgamation", self.folder / "tree"
        for name in (*FOLDERS, "packaging"):
            shutil.copytree(ROOT / name, tree / name)
        for name in ("CMakeLists.txt", "LICENSE", "README.md"):
            shutil.copy(ROOT / name, tree)
        self.give_version(tree, "99.1.0")
        run(sys.executable, tree / "packaging/amalgamate.py", home)
        run(self.compiler, "-std=c++20", "-pthread", "-c", "cutaway.cpp", "-o", "cutaway.o", cwd=home)
        self.consumer("main.cpp", f"-I{home}", home / "cutaway.o", folder=home)
        run(self.compiler, "-std=c++20", "-fno-rtti", "-fsyntax-only", home / "cutaway.cpp")

    @staticmethod
    def give_version(tree, version):
        """As a maintainer does: not before the changelog has an entry; then all of README.md says the new one."""
        command = [sys.executable, tree / "packaging/set_version.py", version, tree]
        readme = tree / "README.md"
        refused("the changelog has no entry", *command)
        if version in (tree / "tensor/version.h").read_text():
            raise Failed("what was refused has changed the version all the same")
        readme.write_text(readme.read_text().replace("\n- **", f"\n- **{version}** (today): all is new.\n- **", 1))
        run(*command)
        major, minor, _ = version.split(".")
        named = set(re.findall(r"cutaway::v(\d+_\d+)|find_package\(cutaway (\S+)", readme.read_text()))
        if named != {(f"{major}_{minor}", ""), ("", f"{major}.{minor}")}:
            raise Failed(f"README.md names {named} where the version is {version}")

    def two_versions(self):
        """The copied folders and the amalgamation, each with a user, in one program."""
        copy, newer = self.folder / "copy", self.folder / "amalgamation"
        parts = (("older", f"-I{copy}/cutaway"), ("newer", f"-I{newer}"))
        for who, include in parts:
            run(self.compiler, "-std=c++20", *STRICT, f"-I{self.decoys}", f"-DWHO={who}", include, "-c",
                HERE / "consumer/version_user.cpp", "-o", newer / f"{who}.o")
        self.consumer("two_versions.cpp", newer / "older.o", newer / "newer.o", newer / "cutaway.o",
                      *(copy / "cutaway").rglob("*.o"), folder=newer)

    def add_subdirectory(self):
        self.cmake_project("add_subdirectory", snippet("add_subdirectory"), program="main.cpp")

    def fetch_content(self):
        self.cmake_project("fetch_content", snippet("FetchContent"), program="autograd_only.cpp")

    def find_package(self):
        """Installed twice, from one build: to a place said when installing, and to places said before."""
        for place, options in (("relative", []), ("absolute", ["-DCMAKE_INSTALL_PREFIX={0}",
                                                               "-DCMAKE_INSTALL_LIBDIR={0}/elsewhere/lib",
                                                               "-DCMAKE_INSTALL_INCLUDEDIR={0}/elsewhere/include"])):
            prefix = self.folder / f"installed_{place}"
            self.cmake(ROOT, self.folder / "build", "-DCUTAWAY_BUILD_TESTS=OFF", "-DCUTAWAY_BUILD_EXAMPLES=OFF",
                       *[each.format(prefix) for each in options])
            run("cmake", "--install", self.folder / "build", *([] if options else ["--prefix", prefix]))
            where = f"cutaway_DIR={prefix}/elsewhere/lib/cmake/cutaway" if options else f"CMAKE_PREFIX_PATH={prefix}"
            self.cmake_project(f"find_package_{place}", snippet("find_package"), "main.cpp", [f"-D{where}"])
        self.components(self.folder / "find_package_absolute")

    def components(self, home):
        """Each folder is a component, and nothing else is."""
        for asked, message in ((" ".join(["cutaway", *FOLDERS, "OPTIONAL_COMPONENTS bogus"]), None),
                               ("tensor bogus", "cutaway has no component bogus: there are cutaway, tensor,")):
            (home / "CMakeLists.txt").write_text(f"""\
cmake_minimum_required(VERSION 3.16)
project(consumer LANGUAGES CXX)
find_package(cutaway REQUIRED COMPONENTS {asked})
""")
            configure = ["cmake", "-S", home, "-B", home / "build"]
            run(*configure) if message is None else refused(message, *configure)

    def pkg_config(self):
        """With debug information: the printers are installed, too."""
        for place in ("relative", "absolute"):
            prefix = self.folder / f"installed_{place}"
            modules = next(prefix.rglob("pkgconfig"))
            flags = run("pkg-config", "--cflags", "--libs", "cutaway", PKG_CONFIG_PATH=str(modules)).split()
            home = self.folder / f"pkg_config_{place}"
            home.mkdir()
            self.consumer("main.cpp", *self.debug_info, *flags, folder=home)
        self.printers(prefix, home / "main")

    @staticmethod
    def printers(prefix, program):
        """The last line of main.cpp that prints something is a place to look at `weight`."""
        lines = (HERE / "consumer/main.cpp").read_text().splitlines()
        stop = 1 + max(number for number, line in enumerate(lines) if "printf" in line)
        if not shutil.which("gdb"):
            return print("skipped: gdb is not installed")
        said = run("gdb", "-q", "-batch", "-nx", "-iex", "set debuginfod enabled off",
                   "-ex", f"source {prefix}/share/cutaway/debugger/cutaway_gdb.py",
                   "-ex", f"break main.cpp:{stop}", "-ex", "run", "-ex", "print weight", program, cwd=program.parent)
        if "float32 [1, 1]: [[2.0000]]" not in said:
            raise Failed(f"the installed printers do not show the weight:\n{said}")

    def make_install(self):
        prefix, home = self.folder / "made", self.folder / "make_install"
        run("make", f"PREFIX={prefix}", f"-j{os.cpu_count()}", "install", cwd=ROOT)
        home.mkdir()
        flags = run("pkg-config", "--cflags", "--libs", "cutaway", PKG_CONFIG_PATH=f"{prefix}/lib/pkgconfig").split()
        self.consumer("main.cpp", *self.debug_info, *flags, folder=home)
        self.printers(prefix, home / "main")

    def version(self):
        """tensor/version.h, CMake's project and, at a release, git agree."""
        header = (ROOT / "tensor/version.h").read_text()
        version = library_version()
        numbers = ".".join(re.findall(r"kVersion(?:Major|Minor|Patch) = (\d+)", header))
        project = re.search(r"project\(cutaway VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]
        tag = subprocess.run(["git", "describe", "--exact-match", "--tags"], cwd=ROOT, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.strip()
        if f"\n- **{version}** " not in (ROOT / "README.md").read_text():
            raise Failed(f"README.md's changelog has no entry for version {version}")
        if len({version, numbers, project, tag.lstrip("v") or version}) > 1:
            raise Failed(f"versions differ: {version} and {numbers} in version.h, {project} in CMake, tag {tag}")

    # ---- What is taken home ----

    def headers(self):
        headers = [path for name in FOLDERS for path in sorted((ROOT / name).rglob("*.h"))
                   if path.parent.name != "cpu" and not path.name.startswith("macros_")]
        compile_all([self.compiler, "-std=c++20", *STRICT, f"-I{self.decoys}", "-include", header, "-fsyntax-only",
                     "-x", "c++", "/dev/null"] for header in [*headers, ROOT / "cutaway.h"])
        run(self.compiler, "-std=c++20", *STRICT, f"-I{ROOT}", "-fsyntax-only", HERE / "consumer/macros.cpp")
        slow = header_checks.slow_headers(self.compiler, ROOT)
        if slow:
            raise Failed("including the library costs more than it should: " + ", ".join(slow))

    def old_standard(self):
        """Without -std=c++20, the first thing said is what is missing."""
        check = [self.compiler, "-fsyntax-only", "-Wfatal-errors", "-x", "c++"]
        for first in ("cutaway.h", "tensor/tensor.h", "io/io.h", "tensor/cpu/gemm.h", "tensor/dtype.cpp"):
            refused("compile with -std=c++20", *check, "-std=c++17", ROOT / first)
        # What MSVC says of itself, unless it is told /Zc:__cplusplus.
        check += ["-std=c++20", "-U__cplusplus", "-D__cplusplus=199711L", ROOT / "tensor/version.h"]
        run(*check, "-D_MSVC_LANG=202002L")
        refused("compile with -std=c++20", *check, "-D_MSVC_LANG=201703L")

    def objects(self):
        objects = sorted((self.folder / "copy").rglob("*.o"))
        for what, found in (("runs code before main()", object_checks.static_initialisers(objects)),
                            ("needs what no standard library has", object_checks.missing(objects)),
                            ("defines for all, outside our namespace", object_checks.strangers(objects))):
            if found or not objects:
                raise Failed(f"the library {what}: " + "\n    ".join(found[:20]))

    def checks(self):
        """The checks of object files find what is wrong with this one."""
        home = self.folder / "checks"
        home.mkdir()
        (home / "wrong.cpp").write_text("#include <string>\nstd::string made_before_main(100, 'x');\n"
                                        "int not_there();\nint stranger() { return not_there(); }\n")
        run(self.compiler, "-std=c++20", "-fPIC", "-c", "wrong.cpp", "-o", "wrong.o", cwd=home)
        run(self.compiler, "-shared", "wrong.o", "-o", "libwrong.so", cwd=home)
        found = (object_checks.static_initialisers([home / "wrong.o"]), object_checks.missing([home / "wrong.o"]),
                 object_checks.strangers([home / "wrong.o"]), object_checks.visible_strangers(home / "libwrong.so"))
        if not all(found) or "stranger()" not in found[2]:
            raise Failed(f"the checks of object files have found only {found}")

    def shared(self):
        build = self.folder / "shared"
        self.cmake(ROOT, build, "-DBUILD_SHARED_LIBS=ON", "-DCUTAWAY_BUILD_TESTS=OFF", "-DCUTAWAY_BUILD_EXAMPLES=OFF")
        libraries = sorted(build.glob("libcutaway_*.so"))
        for library in libraries:
            if object_checks.visible_strangers(library):
                raise Failed(f"{library.name} shows: " + "\n    ".join(object_checks.visible_strangers(library)[:20]))
        # Its state is one, though the host keeps all of its own to itself.
        self.consumer("main.cpp", "-fvisibility=hidden", f"-I{ROOT}", *libraries, f"-Wl,-rpath,{build}", folder=build)

    # ---- By CMake ----

    def cmake(self, source, build, *options):
        launcher = [f"-DCMAKE_CXX_COMPILER_LAUNCHER={each}" for each in LAUNCHER]
        run("cmake", "-S", source, "-B", build, f"-DCMAKE_CXX_COMPILER={self.compiler}", "-DCMAKE_BUILD_TYPE=None",
            *self.unity, *launcher, *options)
        run("cmake", "--build", build, "--parallel", os.cpu_count())

    def cmake_project(self, name, getting, program, options=()):
        """A project that gets and links the library by the lines `getting`, which must leave nothing else behind."""
        home = self.folder / name
        home.mkdir()
        shutil.copy(HERE / "consumer" / program, home)
        strict = " ".join(STRICT)
        (home / "CMakeLists.txt").write_text(f"""\
cmake_minimum_required(VERSION 3.16)
project(consumer LANGUAGES CXX)
set(own CMAKE_CXX_FLAGS CMAKE_CXX_STANDARD CMAKE_BUILD_TYPE CMAKE_MODULE_PATH BUILD_SHARED_LIBS)
foreach(name ${{own}})
  set(before_${{name}} "${{${{name}}}}")
endforeach()
add_executable(my_program {program})
target_compile_options(my_program PRIVATE {strict})
target_include_directories(my_program BEFORE PRIVATE {self.decoys})
{getting}
foreach(name ${{own}})
  if(NOT "${{before_${{name}}}}" STREQUAL "${{${{name}}}}")
    message(FATAL_ERROR "the library has changed its host's ${{name}}: ${{before_${{name}}}} -> ${{${{name}}}}")
  endif()
endforeach()
get_directory_property(flags COMPILE_OPTIONS)
get_directory_property(definitions COMPILE_DEFINITIONS)
get_directory_property(includes INCLUDE_DIRECTORIES)
if(flags OR definitions OR includes)
  message(FATAL_ERROR "the library has set for its host: ${{flags}} ${{definitions}} ${{includes}}")
endif()
""")
        self.cmake(home, home / "build", *options)
        self.check_cache(home / "build")
        run(home / "build/my_program", cwd=home)

    @staticmethod
    def check_cache(build):
        """What the library has put into its host's cache: its own options, and what CMake's modules put there."""
        own = ("CUTAWAY_", "cutaway_", "CMAKE_", "FIND_PACKAGE_MESSAGE_DETAILS_", "FETCHCONTENT_", "consumer_")
        for line in (build / "CMakeCache.txt").read_text().splitlines():
            name = line.split(":")[0]
            if line and line[0] not in "#/" and "=" in line and not name.startswith(own):
                raise Failed(f"the library has left in its host's cache: {line}")


def walk(way, names):
    """Goes the ways one after the other; how many of them failed."""
    failed = 0
    for name in names:
        start = time.monotonic()
        try:
            getattr(way, name)()
            word = "ok   "
        except Failed as error:
            word, failed = "FAIL ", failed + 1
            print(error)
        print(f"{word} {name} with {way.compiler} ({time.monotonic() - start:.0f} s)", flush=True)
    return failed


# Side by side, as long steps of one process leave a processor idle; the longest, the amalgamation, does not come last.
# What is later in a lane may need what is before.
LANES = (("amalgamation", "copy", "two_versions", "objects"),
         ("version", "headers", "old_standard", "checks", "add_subdirectory", "fetch_content", "find_package",
          "pkg_config", "make_install", "shared"))


def without_network():
    """Starts this program again where there is no network, if that can be had."""
    bare = ["unshare", "--map-root-user", "--net"]
    if os.environ.get("CUTAWAY_NETWORK") == "off" or not shutil.which(bare[0]):
        return
    if subprocess.run([*bare, "true"], stderr=subprocess.DEVNULL).returncode == 0:
        os.environ["CUTAWAY_NETWORK"] = "off"
        os.execvp(bare[0], [*bare, sys.executable, *sys.argv])


def main():
    without_network()
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--compilers", default="g++,clang++")
    parser.add_argument("--only", default="", help="ways with this in their name (a regular expression); objects needs "
                        "copy, two_versions also amalgamation, pkg_config needs find_package")
    flags = parser.parse_args()
    os.environ.setdefault("CCACHE_NOHASHDIR", "1")
    # CMake's -MD tells what a file includes: ccache need not preprocess it for that.
    os.environ.setdefault("CCACHE_DEPEND", "1")
    failed = 0
    compilers = flags.compilers.split(",")
    for compiler in compilers:
        lanes = [[name for name in lane if re.search(flags.only, name)
                  and (name != "make_install" or compiler == compilers[0])]  # takes CXX
                 for lane in LANES]
        with tempfile.TemporaryDirectory(prefix="cutaway_vendor_") as folder:
            os.environ["CCACHE_BASEDIR"] = folder
            way = Way(compiler, pathlib.Path(folder), together=compiler != compilers[0])
            with concurrent.futures.ThreadPoolExecutor(len(lanes)) as pool:
                failed += sum(pool.map(lambda lane: walk(way, lane), lanes))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
