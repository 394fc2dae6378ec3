# Zhol's front door. `make run` shows what it does; `make test` checks everything.
# The build itself is CMake's (CMakePresets.json); what each target needs, scripts/setup.sh installs.
SHELL := /bin/bash
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
STEPS ?=
LISTEN ?= 127.0.0.1:8080

.PHONY: help run serve web test build bench fuzz tidy format install clean

help:
	@echo "make run                 install what is missing, build, run the main job"
	@echo "make serve               build all with the page, serve a demonstration (LISTEN=ADDR:PORT)"
	@echo "make web                 the page only: web/dist"
	@echo "make test                every check and every test (STEPS=\"release fuzz\" for some)"
	@echo "make build               the program only: build/release/zhol"
	@echo "make bench               every benchmark"
	@echo "make fuzz                every fuzzer for FUZZ_SECONDS=60"
	@echo "make tidy                clang-tidy over the library and the program"
	@echo "make format              clang-format over every C file"
	@echo "make install             PREFIX=/usr/local DESTDIR="
	@echo "make clean               removes build/ and out/"

run:
	@scripts/setup.sh run
	@scripts/build.sh release zhol
	@build/release/zhol study --out out
	@echo
	@echo "The report is out/report.html (Russian: out/report.ru.html). Next, try:"
	@echo "  build/release/zhol help        what else it can do"
	@echo "  build/release/zhol demo        six real consignments, planned, with maps"
	@echo "  make test                      every check and every test"
	@echo "  docs/                          how it works, and why"

serve:
	@scripts/setup.sh web
	@scripts/build.sh release zhol
	@scripts/build_web.sh
	@build/release/zhol serve --demo --listen $(LISTEN)

web:
	@scripts/setup.sh web
	@scripts/build_web.sh

test:
	@scripts/setup.sh test
	@scripts/run_tests.sh $(STEPS)

build:
	@scripts/setup.sh run
	@scripts/build.sh release zhol

bench:
	@scripts/setup.sh bench
	@scripts/build.sh release
	@for bench in build/release/bench_*; do \
	    [ -x "$$bench" ] || continue; \
	    echo "== $${bench##*/}"; \
	    "$$bench" "$(CURDIR)" || exit 1; \
	done

fuzz:
	@scripts/setup.sh test
	@scripts/build.sh fuzz
	@scripts/run_fuzzers.sh $(FUZZ_SECONDS)

tidy:
	@scripts/setup.sh tidy
	@scripts/check_tidy.sh

format:
	@scripts/setup.sh test
	@scripts/check_format.sh --fix

# The program knows the folder of its corridors, so the prefix is set before the build.
install:
	@scripts/setup.sh run
	@cmake --preset release -G "Unix Makefiles" -DCMAKE_INSTALL_PREFIX="$(PREFIX)" >/dev/null
	@scripts/build.sh release zhol
	@DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(PREFIX)"

clean:
	rm -rf build out
