# SPDX-License-Identifier: MIT
#
# The main door to the project. `make` alone lists the targets. The build trees stand side by side
# (build/release, build/debug, build/asan, build/tsan), so switching between them costs no
# rebuild. Header dependencies are tracked by the compiler (-MMD). V=1 shows the commands.

# All processors, unless the caller says -j himself.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

CXX      ?= g++
MODE     ?= release
OUT      := build/$(MODE)
BIN      := $(if $(filter release,$(MODE)),build/bin,$(OUT)/bin)
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror
FLAGS_release  = $(OPTIMISE) $(DEBUG_INFO)
FLAGS_debug   := -O0 -g3
# For stepping through optimised code with its variables; what that costs stands at DEBUG_INFO.
FLAGS_relwithdebinfo := -O2 -g
# For a quick look at a change: compiles in half the time.
FLAGS_quick   := -O1
# Instrumented code makes g++ see uninitialised variables where there are none. Only clang counts to undefined
# behaviour that a float too large for an integer becomes what the processor makes of it, which is PyTorch's answer.
SANITIZED     := $(if $(findstring clang,$(CXX)),-fno-sanitize=float-cast-overflow,-Wno-maybe-uninitialized)
FLAGS_asan    := -O1 -g1 -fsanitize=address,undefined $(SANITIZED) -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan    := -O1 -g1 -fsanitize=thread $(SANITIZED) -fno-omit-frame-pointer
# One compilation serves both libraries, the archive and Python's shared one.
PIC           := -fPIC -fvisibility=hidden
# Nobody reads errno after a sqrt, nor traps on a NaN: without these two promises to keep, loops over
# sqrt, floor and choices become vector code. Results stay the same bits.
MATH          := -fno-math-errno -fno-trapping-math
CXXFLAGS_ALL   = -std=c++20 -pthread $(PIC) $(MATH) $(WARNINGS) $(FLAGS_$(MODE)) $(CXXFLAGS)
LDFLAGS_ALL   := -pthread $(filter -fsanitize%,$(FLAGS_$(MODE))) $(LDFLAGS)

FOLDERS  := tensor tensor/cpu autograd nn optim io io/data io/plot
LIB_SRC  := $(foreach folder,$(FOLDERS),$(wildcard $(folder)/*.cpp))
# A release build compiles a folder's files several at a time, four kernels or eight others: what a header costs the
# compiler (reading it, compiling what it says of vectors and pointers of tensors) is then paid once for all of them.
# The first gives the object its name; the others are included before it. In the other modes each file has an
# object of its own, so that after a change little is compiled again.
GROUPED := $(filter release,$(MODE))
ALONE   := autograd/node.cpp autograd/variable.cpp
COLD    := tensor/catalogue% autograd/derivatives% autograd/gradcheck% nn/% optim/%
# $(call first_of_each,N,SOURCES): every Nth source; WITH_SOURCE are those that go with it.
first_of_each = $(if $(2),$(firstword $(2)) $(eval WITH_$(firstword $(2)) := $(wordlist 2,$(1),$(2)))\
                  $(call first_of_each,$(1),$(wordlist $(words next $(wordlist 1,$(1),$(2))),$(words $(2)),$(2))))
in_groups = $(call first_of_each,$(if $(filter tensor/cpu/%,$(1)),4,8),$(1))
LIB_FIRST := $(if $(GROUPED),$(ALONE) $(foreach folder,$(FOLDERS), \
                 $(call in_groups,$(filter $(COLD),$(wildcard $(folder)/*.cpp))) \
                 $(call in_groups,$(filter-out $(COLD) $(ALONE),$(wildcard $(folder)/*.cpp)))),$(LIB_SRC))
LIB_OBJ   := $(LIB_FIRST:%.cpp=$(OUT)/%.o)
# In release, what runs at every call or for every element gets -O3. -O2 does for the catalogue, the
# derivatives and all that stands above: it costs less to compile, and no call gets measurably slower. The
# tests' own code gets -O1.
OPTIMISE := -O2
HOT_OBJ  := $(filter-out $(COLD:%=$(OUT)/%),$(LIB_OBJ))
# Names and line numbers, without types: with them, compiling takes 1.4 times as long and objects four times the
# room. Types are for the programs that are looked at in a debugger, and for the classes whose types g++ writes
# only where their virtual functions are.
DEBUG_INFO := -g1
TYPED_OBJ  := $(ALONE:%.cpp=$(OUT)/%.o) $(filter $(OUT)/nn/%,$(LIB_OBJ)) $(OUT)/tests/debugger/specimens.o
LIB      := $(OUT)/libcutaway.a
PYTHON_OBJ := $(patsubst %.cpp,$(OUT)/%.o,$(wildcard python/*.cpp))
# examples/NAME.cpp is a program; what the programs share lives in examples/shared/.
EXAMPLE_SRC  := $(wildcard examples/*.cpp)
EXAMPLES     := $(patsubst examples/%.cpp,$(BIN)/%,$(EXAMPLE_SRC))
SHARED_OBJ   := $(patsubst %.cpp,$(OUT)/%.o,$(wildcard examples/shared/*.cpp))
TEST_SRC := $(wildcard tests/*.cpp $(foreach folder,tensor autograd nn optim io examples,tests/$(folder)/*.cpp))
TEST_OBJ := $(TEST_SRC:%.cpp=$(OUT)/%.o)
BENCH_SRC := $(wildcard tests/bench/*.cpp)
BENCHES   := $(patsubst tests/bench/%.cpp,$(BIN)/%,$(BENCH_SRC))

# Quiet unless V=1: each rule prints one short line.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)')

.PHONY: help
help:
	@echo 'Targets:'
	@echo '  make mnist [ARGS=...]  build and run the main example (see ARGS=--help)'
	@echo '  make test              build and run the tests (needs GoogleTest)'
	@echo '  make lib               the library: build/release/libcutaway.a'
	@echo '  make python            what the Python package needs, into python/cutaway/'
	@echo '  make python-test       the tests of the Python package'
	@echo '  make examples          all example programs, into build/bin/'
	@echo '  make debug             everything with -O0 -g3, into build/debug/'
	@echo '  make asan | make tsan  the tests under Address+UB or Thread Sanitizer'
	@echo '  make debugger-test     the path from a * b to its kernel, walked in gdb'
	@echo '  make printers-test     do gdb and lldb show tensors as they are?'
	@echo '  make compile_commands.json   for editors: how each file is compiled'
	@echo '  make mutation          do the tests notice mistakes in the gradients? ARGS="--sample 200"'
	@echo '  make random-check      random numbers, side by side with PyTorch'
	@echo '  make amalgamation      the library as two files, cutaway.h and cutaway.cpp, into build/amalgamation/'
	@echo '  make install [PREFIX=/usr/local] [DESTDIR=]   library, headers, what pkg-config and debuggers need'
	@echo '  make vendor-test       can the library be copied, installed, amalgamated? (needs CMake and pkg-config)'
	@echo '  make lint              formatting, layering and style checks'
	@echo '  make bench             speed, side by side with the reference versions (and PyTorch)'
	@echo '  make clean             remove build/'
	@echo 'Variables: CXX=clang++   V=1 (show commands)   ARGS="flags for the program"'

.PHONY: lib examples all clean
lib: $(LIB)
examples: $(EXAMPLES)
all: lib examples
clean:
	rm -rf build

# The standard headers are a third of the work of a clean build, so g++ reads them once, precompiled;
# tests read GoogleTest that way too. clang builds without, so a missing include is found there.
ifneq ($(filter release debug relwithdebinfo asan tsan,$(MODE)$(findstring clang,$(CXX))),)
STD_PCH  := $(OUT)/standard_headers.h.gch
HOT_PCH := $(if $(filter release,$(MODE)),$(OUT)/hot_headers.h.gch,$(STD_PCH))
TEST_PCH := $(OUT)/test_headers.h.gch
$(STD_PCH) $(HOT_PCH): STANDARD := algorithm array atomic bit cmath concepts cstdint cstring functional limits \
               memory mutex optional string string_view tuple type_traits utility variant vector
$(TEST_PCH): STANDARD := gtest/gtest.h filesystem fstream map set sstream string thread vector
$(sort $(STD_PCH) $(HOT_PCH)) $(TEST_PCH):
	$(call say,PCH,$@)
	@mkdir -p $(@D)
	@printf '#include <%s>\n' $(STANDARD) > $(@:.gch=)
	$(Q)$(CXX) $(CXXFLAGS_ALL) -x c++-header $(@:.gch=) -o $@
$(LIB_OBJ) $(PYTHON_OBJ) $(SHARED_OBJ) $(EXAMPLE_SRC:%.cpp=$(OUT)/%.o): PCH = $(STD_PCH)
$(HOT_OBJ): PCH = $(HOT_PCH)
$(TEST_OBJ): PCH = $(TEST_PCH)
$(LIB_OBJ) $(PYTHON_OBJ) $(SHARED_OBJ) $(EXAMPLE_SRC:%.cpp=$(OUT)/%.o): | $(STD_PCH)
$(HOT_OBJ): | $(HOT_PCH)
$(TEST_OBJ): | $(TEST_PCH)
ifeq ($(MODE),release)
$(HOT_PCH): private OPTIMISE := -O3
$(TEST_PCH): private OPTIMISE := -O1
endif
endif

$(HOT_OBJ): private OPTIMISE := -O3
$(TEST_OBJ): private OPTIMISE := -O1
$(TYPED_OBJ): private DEBUG_INFO := -g
$(OUT)/%.o: %.cpp
	$(call say,C++,$<$(if $(WITH_$<), and $(words $(WITH_$<)) more))
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CXXFLAGS_ALL) $(addprefix -include ,$(PCH:.gch=) $(WITH_$<)) -MMD -MP -c $< -o $@

# Another set of files makes other groups.
ifneq ($(GROUPED),)
.PHONY: always
$(OUT)/sources.txt: always
	@mkdir -p $(@D)
	@echo $(LIB_SRC) | cmp -s - $@ || echo $(LIB_SRC) > $@
$(LIB_OBJ): $(OUT)/sources.txt
endif

$(LIB): $(LIB_OBJ)
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(EXAMPLES): $(BIN)/%: $(OUT)/examples/%.o $(SHARED_OBJ) $(LIB)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CXX) $^ $(LDFLAGS_ALL) -o $@

# `make NAME ARGS='...'` runs examples/NAME.cpp.
.PHONY: mnist $(patsubst $(BIN)/%,%,$(EXAMPLES))
mnist: mnist_mlp
$(patsubst $(BIN)/%,%,$(EXAMPLES)): %: $(BIN)/%
	$(BIN)/$* $(ARGS)

.PHONY: debug
debug:
	$(Q)$(MAKE) MODE=debug all

# ---- tests ------------------------------------------------------------------------------------

.PHONY: test gtest-found asan tsan
gtest-found:
	@echo '#include <gtest/gtest.h>' | $(CXX) -std=c++20 -E -x c++ - >/dev/null 2>&1 || { \
	  echo 'GoogleTest was not found. Install it, then run make test again:'; \
	  echo '    sudo apt-get install -y libgtest-dev'; exit 1; }

$(BIN)/cutaway_tests: $(TEST_OBJ) $(SHARED_OBJ) $(LIB)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CXX) $^ $(LDFLAGS_ALL) -lgtest -lgtest_main -o $@

test: gtest-found
	$(Q)$(MAKE) MODE=$(MODE) $(BIN)/cutaway_tests $(EXAMPLES)
	CUTAWAY_BIN=$(BIN) $(BIN)/cutaway_tests $(TEST_ARGS)
asan:
	$(Q)$(MAKE) MODE=asan test
tsan:
	$(Q)$(MAKE) MODE=tsan test

# From `a * b` to the kernel in gdb: the README's tour, checked.
.PHONY: debugger-test
$(BIN)/call_path $(BIN)/specimens: $(BIN)/%: $(OUT)/tests/debugger/%.o $(LIB)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CXX) $^ $(LDFLAGS_ALL) -o $@
debugger-test:
	$(Q)$(MAKE) MODE=debug build/debug/bin/call_path
	python3 tests/debugger/call_path.py build/debug/bin/call_path

# What debugger/ makes gdb and lldb show of the library's objects, in a debug and an optimised program. The release
# build does for the second: TYPED_OBJ have their types there. Of what g++ has optimised lldb shows no local variables,
# so there is a third by clang++, where that is installed. ARGS adds other programs, such as
# build/relwithdebinfo/bin/specimens.
.PHONY: printers-test
$(BIN)/specimens_by_clang: tests/debugger/specimens.cpp $(LIB)
	$(call say,LINK,$@)
	$(Q)clang++ -std=c++20 -O2 -g $^ $(LDFLAGS_ALL) -o $@
BY_CLANG = $(if $(shell command -v clang++),build/bin/specimens_by_clang)
printers-test:
	$(Q)$(MAKE) MODE=debug build/debug/bin/specimens
	$(Q)$(MAKE) MODE=release build/bin/specimens $(BY_CLANG)
	python3 tests/debugger/printers.py build/debug/bin/specimens build/bin/specimens $(BY_CLANG) $(ARGS)

# One mistake at a time in the gradients: do the tests notice?
.PHONY: mutation
mutation: gtest-found
	$(Q)$(MAKE) MODE=quick build/quick/bin/cutaway_tests examples
	nice python3 tests/mutation/mutate_derivatives.py $(ARGS)

# 500 sequences of random calls, side by side with PyTorch: values and generator states, bit by bit.
.PHONY: random-check
$(BIN)/random_sequences: $(OUT)/tests/parity/random_sequences.o $(OUT)/tests/random_calls.o \
                         $(OUT)/tests/sample_arguments.o $(LIB)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CXX) $^ $(LDFLAGS_ALL) -o $@
random-check: $(BIN)/random_sequences
	python3 tests/parity/random_sequences.py $(BIN)/random_sequences $(ARGS)

# ---- Python ------------------------------------------------------------------------------------

# The package finds its library beside itself; the comments above the ops' declarations become help().
.PHONY: python python-test
PYTHON  ?= python3
$(OUT)/libcutaway.so: $(PYTHON_OBJ) $(LIB) python/exports.map
	$(call say,LINK,$@)
	$(Q)$(CXX) -shared -Wl,--no-undefined -Wl,--version-script=python/exports.map \
	  $(PYTHON_OBJ) $(LIB) $(LDFLAGS_ALL) -o $@
python/cutaway/libcutaway.so: $(OUT)/libcutaway.so
	$(Q)cp $< $@.new && mv $@.new $@
python/cutaway/op_docs.json: python/write_op_docs.py $(wildcard tensor/*.h)
	$(Q)$(PYTHON) python/write_op_docs.py $@
python: python/cutaway/libcutaway.so python/cutaway/op_docs.json
python-test: python
	$(PYTHON) -m unittest discover -s tests/python -t . $(TEST_ARGS)

# ---- Taken home -------------------------------------------------------------------------------

.PHONY: amalgamation install vendor-test
amalgamation:
	python3 packaging/amalgamate.py build/amalgamation

PREFIX  := /usr/local
VERSION := $(shell sed -n 's/.*kVersion = "\(.*\)".*/\1/p' tensor/version.h)
install: $(LIB)
	install -d '$(DESTDIR)$(PREFIX)/lib/pkgconfig' '$(DESTDIR)$(PREFIX)/include/cutaway'
	install -m 644 $(LIB) '$(DESTDIR)$(PREFIX)/lib'
	for header in cutaway.h LICENSE $(wildcard $(FOLDERS:%=%/*.h)); do \
	  install -D -m 644 $$header "$(DESTDIR)$(PREFIX)/include/cutaway/$$header" || exit 1; done
	install -d '$(DESTDIR)$(PREFIX)/share/cutaway/debugger'
	install -m 644 $(wildcard debugger/*.py) '$(DESTDIR)$(PREFIX)/share/cutaway/debugger'
	sed -e 's|@PC_PREFIX@|$(abspath $(PREFIX))|' -e 's|@PC_LIBDIR@|$${prefix}/lib|' \
	    -e 's|@PC_INCLUDEDIR@|$${prefix}/include|' -e 's|@PROJECT_VERSION@|$(VERSION)|' \
	    -e 's|@PC_LIBS@|-lcutaway|' packaging/cutaway.pc.in > '$(DESTDIR)$(PREFIX)/lib/pkgconfig/cutaway.pc'
vendor-test:
	python3 tests/vendor/vendor_test.py $(ARGS)

# ---- editors -----------------------------------------------------------------------------------

# How the debug build compiles each file, for clangd and others; without what is precompiled, which they cannot read.
.PHONY: compile_commands.json
compile_commands.json: MODE := debug
compile_commands.json:
	@printf '%s\n' $(LIB_SRC) $(wildcard python/*.cpp examples/shared/*.cpp) $(EXAMPLE_SRC) $(TEST_SRC) $(BENCH_SRC) \
	  $(wildcard tests/debugger/*.cpp tests/parity/*.cpp) | sed \
	  -e 's|.*|{"directory": "$(CURDIR)", "file": "&", "command": "$(CXX) $(CXXFLAGS_ALL) -c &"}|' \
	  -e '1s/^/[/; $$!s/$$/,/; $$s/$$/]/' > $@
	@echo '  $@'

# ---- lint -------------------------------------------------------------------------------------

.PHONY: lint
FORMATTED := $(wildcard cutaway.h $(foreach folder,$(FOLDERS) python examples examples/shared tests tests/bench tests/parity \
               tests/tensor tests/autograd tests/nn tests/optim tests/io tests/examples \
               tests/vendor/consumer tests/debugger,$(folder)/*.h $(folder)/*.cpp))
CLANG_TIDY := clang-tidy --quiet
lint:
	python3 tests/lint.py
	@clang-format --dry-run -Werror $(FORMATTED)
	@printf '%s\n' $(LIB_SRC) $(EXAMPLE_SRC) | xargs -P 2 -n 4 sh -c \
	  '$(CLANG_TIDY) "$$@" -- -std=c++20 -pthread 2>/dev/null' --

# ---- speed ------------------------------------------------------------------------------------

.PHONY: bench
$(BENCHES): $(BIN)/%: $(OUT)/tests/bench/%.o $(SHARED_OBJ) $(LIB)
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CXX) $^ $(LDFLAGS_ALL) -o $@
bench: $(BENCHES)
	python3 tests/bench/bench.py

-include $(LIB_OBJ:.o=.d) $(PYTHON_OBJ:.o=.d) $(SHARED_OBJ:.o=.d) $(TEST_OBJ:.o=.d)
-include $(patsubst %.cpp,$(OUT)/%.d,$(EXAMPLE_SRC) $(BENCH_SRC) tests/debugger/call_path.cpp \
                                  tests/debugger/specimens.cpp tests/parity/random_sequences.cpp)
