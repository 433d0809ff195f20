# SPDX-License-Identifier: Apache-2.0
#
# The everyday commands. Meson does the work; `make help` lists what there is.

BUILD = build
PREFIX = /usr/local
# The program has its libraries inside: docs/adr/0020-starting-fast.md.
MESON_OPTIONS = -Dprogram_libraries=inside
BENCH_OPTIONS =
W =

.PHONY: build demo check bench performance fuzz format conformance findings readme install clean help

build: $(BUILD)/build.ninja
	@echo '==> building $(BUILD)'
	@ninja -C $(BUILD)

$(BUILD)/build.ninja:
	@tools/setup build
	@tools/configure $(BUILD) --prefix $(PREFIX) $(MESON_OPTIONS)

demo: build
	@tools/demo $(BUILD)

check:
	@tools/check $(BUILD) $(MESON_OPTIONS)

bench: build
	@tools/setup bench
	@ninja -C $(BUILD) bench-programs
	@tools/configure $(BUILD)-shared -Dprogram_libraries=shared
	@ninja -C $(BUILD)-shared signet
	@python3 bench/bench.py $(if $(W),--full --only $(addprefix W,$(W))) --shared $(BUILD)-shared/signet $(BENCH_OPTIONS) \
		$(BUILD)/signet $(BUILD)/bench

# In full, some fifteen minutes; writes the results into docs/performance.md, between its marks.
performance: BENCH_OPTIONS = --full --instructions --page docs/performance.md --svg docs/performance.svg --json docs/performance.json
performance: bench

fuzz:
	@tools/fuzz

format:
	@tools/setup format
	@git ls-files '*.c' '*.h' | xargs clang-format -i

conformance:
	@python3 tools/conformance.py --write docs/conformance.md $(BUILD) $(BUILD)-sanitize

findings:
	@python3 tools/findings_doc.py --write docs/findings.md
	@python3 tools/lint_doc.py --write docs/lint.md

readme: build
	@python3 tools/readme.py --write $(BUILD)/signet

install: build
	@meson install -C $(BUILD) --no-rebuild

clean:
	@rm -rf $(BUILD) $(BUILD)-sanitize $(BUILD)-fuzz $(BUILD)-shared

help:
	@echo 'make              build the library and the program, $(BUILD)/signet'
	@echo 'make demo         set up, build, and judge a handful of messages'
	@echo 'make check        set up, build, and run every test, then again under the sanitizers'
	@echo 'make bench        measure against other programs, in small; W=3 one workload in full'
	@echo 'make performance  measure in full, and write the results into docs/performance.md'
	@echo 'make fuzz         fuzz each parser for SECONDS_EACH (60) with clang'
	@echo 'make format       run clang-format on the C sources'
	@echo 'make conformance  write docs/conformance.md from the last results of the tests'
	@echo 'make findings     write docs/findings.md from the tables of findings'
	@echo 'make readme       write what the program says today into README.md'
	@echo 'make install      install under PREFIX ($(PREFIX)); DESTDIR is honoured'
	@echo 'make clean        remove the build directories'
