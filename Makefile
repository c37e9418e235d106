# 推演 tuiyan. `make run` and `make test` see to everything on a fresh Debian 12; `make help` lists the rest.

MODE ?= release
B ?= build/$(MODE)
CC = gcc
V ?= 0
Q = $(if $(filter 1,$(V)),,@)

PKGS = sdl2 cairo pangocairo sqlite3 lua5.4 jansson xlsxwriter libzip libxxhash libmd expat
HAVE_PKGS := $(shell pkg-config --exists $(PKGS) cmocka 2>/dev/null && echo yes)

DEPS = build-essential pkgconf libsdl2-dev libcairo2-dev libpango1.0-dev libsqlite3-dev sqlite3 \
       liblua5.4-dev lua5.4 libjansson-dev libxlsxwriter-dev libzip-dev libexpat1-dev libxxhash-dev libmd-dev \
       fonts-noto-cjk libcmocka-dev libmpfr-dev clang xvfb xdotool poppler-utils

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
ifdef CI
WARN += -Werror
endif
OPT_release = -O2 -g
OPT_debug = -O0 -g
OPT_asan = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OPT_cover = -O0 -g --coverage
LINK_asan = -fsanitize=address,undefined
LINK_cover = --coverage
XCFLAGS ?=

# The same bits everywhere: no contraction into FMA, no libm folded at compile time.
BITS = -ffp-contract=off -fno-math-errno -fno-builtin-exp -fno-builtin-log -fno-builtin-pow -fno-builtin-sin -fno-builtin-cos
# -isystem: other people's headers are not ours to warn about.
PKG_CFLAGS := $(if $(HAVE_PKGS),$(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS))))
PKG_LIBS := $(if $(HAVE_PKGS),$(shell pkg-config --libs $(PKGS)))
CFLAGS = -std=c17 -D_GNU_SOURCE $(OPT_$(MODE)) $(WARN) $(BITS) -Iengine $(PKG_CFLAGS) $(XCFLAGS)
LDLIBS = $(PKG_LIBS) -lpthread
LINK = $(CC) $(LINK_$(MODE)) $(XCFLAGS)

MODULES = cli ui report draw session store script eval response hazard core base
SRC = $(sort $(wildcard engine/*/*.c engine/*/*/*.c))
OBJ = $(SRC:%.c=$(B)/%.o)
LIBS = $(MODULES:%=$(B)/lib%.a)
module_obj = $(filter $(B)/engine/$(1)/%,$(filter-out $(B)/engine/cli/main.o,$(OBJ)))

# What a unit test in tests/unit/MODULE/ links, by the layer rule; hazard brings words where a test types them.
USES_base = base
USES_core = core hazard base
USES_hazard = hazard core base
USES_response = response core hazard base
USES_eval = eval core hazard base
USES_script = script core base
USES_store = store core base
USES_session = session store script eval response hazard core base
USES_draw = draw core base
USES_report = report draw eval core base
USES_ui = ui draw session store script eval response hazard core base
USES_cli = $(MODULES)

TEST_SRC = $(sort $(wildcard tests/unit/*/*.c))
TEST_BIN = $(TEST_SRC:%.c=$(B)/%)


.PHONY: all run tests test deps need help clean bench fuzz soak soak-office soak-aarch64
.SECONDARY:

# Programs of campaigns: what they link is everything.
BENCH_BIN = $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/bench/*.c)))
FUZZ_BIN = $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/*.c tests/replay/*.c)))
OFFICE_BIN = $(B)/tests/tools/book_office
# The whole program with a hazard that it does not have: its tables take the place of hazard/hazards.c.
TOY_BIN = $(B)/tests/toy/tuiyan

TEST_GOALS = $(FUZZ_BIN) $(TOY_BIN) $(BENCH_BIN) $(OFFICE_BIN) tests $(if $(wildcard engine/cli/main.c),all)
tests: $(TEST_BIN)

all: need $(B)/tuiyan ## build the program

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | sort

deps: ## install the packages it needs (root, or sudo; else it prints the command)
	$(Q)sh tests/tools/deps.sh $(DEPS)

# Packages first, then make anew: what pkg-config says is read when make starts.
need:
ifneq ($(HAVE_PKGS),yes)
	$(Q)sh tests/tools/deps.sh $(DEPS)
endif

test: need ## run all tests; the last line is N passed, N failed
	$(Q)$(MAKE) --no-print-directory -j2 $(TEST_GOALS)
	$(Q)B=$(B) sh tests/run.sh $(TEST_BIN)

run: need ## run the forest-fire drill and say where the report lies
	$(Q)$(MAKE) --no-print-directory -j2 all
	$(Q)sh tests/tools/drill.sh $(B)/tuiyan

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(if $(filter 0,$(V)),@echo "  cc $<")
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

define module_lib
$(B)/lib$(1).a: $(call module_obj,$(1))
	@mkdir -p $$(@D)
	$(Q)rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach m,$(MODULES),$(eval $(call module_lib,$(m))))

$(B)/tuiyan: $(B)/engine/cli/main.o $(LIBS)
	$(if $(filter 0,$(V)),@echo "  link $@")
	$(Q)$(LINK) -o $@ $(B)/engine/cli/main.o $(call libs,$(MODULES)) $(LDLIBS)

# Core declares the table of vocabularies and hazard defines it: the archives are searched as one group. Tests of modules
# that link no hazard bring a table of core's words alone.
VOCAB_script = $(B)/tests/support/no_hazard.o
VOCAB_store = $(VOCAB_script)
VOCAB_draw = $(VOCAB_script)
VOCAB_report = $(VOCAB_script)
libs = -Wl,--start-group $(1:%=$(B)/lib%.a) -Wl,--end-group

define unit_test
$(B)/tests/unit/$(1)/%: $(B)/tests/unit/$(1)/%.o $(VOCAB_$(1)) $(USES_$(1):%=$(B)/lib%.a)
	$(Q)$(LINK) -o $$@ $$< $(VOCAB_$(1)) $(call libs,$(USES_$(1))) $(LDLIBS) -lcmocka -lmpfr -lgmp
endef
$(foreach m,$(MODULES),$(eval $(call unit_test,$(m))))

$(BENCH_BIN) $(FUZZ_BIN) $(OFFICE_BIN): $(B)/%: $(B)/%.o $(LIBS)
	$(Q)$(LINK) -o $@ $< $(call libs,$(MODULES)) $(LDLIBS)

$(TOY_BIN): $(B)/engine/cli/main.o $(B)/tests/toy/toy.o $(LIBS)
	$(Q)$(LINK) -o $@ $(B)/engine/cli/main.o $(B)/tests/toy/toy.o $(call libs,$(MODULES)) $(LDLIBS)

bench: need ## measure speed: medians beside their limits and peers
	$(Q)$(MAKE) --no-print-directory -j2 all $(BENCH_BIN)
	$(Q)for b in $(BENCH_BIN); do $$b || exit 1; done

fuzz: need ## strangers' bytes under the address sanitizer, for some minutes
	$(Q)$(MAKE) --no-print-directory -j2 MODE=asan B=build/asan build/asan/tests/unit/report/book_dialects
	$(Q)BOOK_ROUNDS=$${BOOKS:-30000} build/asan/tests/unit/report/book_dialects
	$(Q)$(MAKE) --no-print-directory -j2 MODE=asan B=build/asan build/asan/tests/fuzz/text build/asan/tuiyan
	$(Q)B=build/asan ROUNDS=$${ROUNDS:-5000} sh tests/fuzz/text.test.sh
	$(Q)$(MAKE) --no-print-directory -j2 MODE=asan B=build/asan build/asan/tests/unit/ui/views
	$(Q)ASAN_OPTIONS=detect_leaks=0 RANDOM_FRAMES=$${FRAMES:-100000} build/asan/tests/unit/ui/views

soak: need ## long campaigns: every fault, 1,000 kills, 20 seeds, all compilers
	$(Q)$(MAKE) --no-print-directory -j2 $(TEST_GOALS)
	$(Q)FAULT_ALL=1 $(B)/tests/unit/session/faults
	$(Q)KILL_ROUNDS=1000 $(B)/tests/unit/session/session
	$(Q)SEEDS=20 B=$(B) sh tests/scenarios/bots.test.sh
	$(Q)FULL=1 B=$(B) sh tests/replay/bits.test.sh

soak-office: need ## spreadsheets through LibreOffice and back, when it is installed
	$(Q)$(MAKE) --no-print-directory -j2 all $(OFFICE_BIN)
	$(Q)B=$(B) sh tests/tools/office.sh

soak-aarch64: need ## the same hashes on aarch64, under emulation
	$(Q)$(MAKE) --no-print-directory -j2 $(B)/tests/replay/heart
	$(Q)B=$(B) sh tests/replay/aarch64.sh

# Builds and runs the unit tests of one module: make unit-base
unit-%: need
	$(Q)$(MAKE) --no-print-directory $(filter $(B)/tests/unit/$*/%,$(TEST_BIN))
	$(Q)for t in $(filter $(B)/tests/unit/$*/%,$(TEST_BIN)); do $$t || exit 1; done

-include $(OBJ:.o=.d) $(TEST_BIN:=.d) $(BENCH_BIN:=.d) $(FUZZ_BIN:=.d) $(OFFICE_BIN:=.d) $(B)/tests/toy/toy.d

clean: ## remove what was built
	rm -rf build
