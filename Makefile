# make demo: everything from a fresh Debian machine to finished papers. make test: all checks.

PYTHON ?= python3
BIN := .venv/bin
INPUT := fixtures/2024h1/检查数据.xlsx
OUT := out/demo
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config --pip-args=--isolated \
	--generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --no-emit-options

.DELETE_ON_ERROR:
.PHONY: help demo test torture fuzz fuzz-check recount bench-memory system system-test setup setup-test lock fixtures gallery pictures peers clean

help:
	@echo "make demo      装好所需软件，用 2024 年上半年样例数据生成全部公文"
	@echo "make setup     只装 Python 环境（.venv）"
	@echo "make test      全部检查（另装 LibreOffice Writer 与 poppler-utils）"
	@echo "make recount   500 份改动的样例数据，逐份与独立复核对照（约 10 分钟）"
	@echo "make fuzz      读 10,000 个损坏的工作簿，约 25 分钟；make bench-memory 量 30 万份保单的内存"
	@echo "make fuzz-check 检查 3,000 个损坏的 DOCX、PDF"
	@echo "make torture   多人同时取号、逐步断开、随机断开、磁盘写满等，看定稿会不会丢号、重号（约 40 分钟）"
	@echo "make system    只装系统软件与字体；make system-test 另加测试所需"
	@echo "make fixtures  重新生成样例数据；make lock 重新锁定依赖版本；make clean 清理"
	@echo "make peers     另装三个同类软件各做一份通报，看检查能否查出其中的毛病（联网，约 2 分钟）"
	@echo "make gallery   每种版式生成一份，连同样张总览，在 out/gallery；make pictures 重新画 README 里的样张"

demo:
	@$(MAKE) --no-print-directory system
	@$(MAKE) --no-print-directory setup
	@$(BIN)/docgen all "$(INPUT)" --out "$(OUT)"
	@echo
	@echo "全部公文在：$(CURDIR)/$(OUT)"
	@ls -1 "$(OUT)" | sed 's/^/  /'

test:
	@$(MAKE) --no-print-directory system-test
	@$(MAKE) --no-print-directory setup-test
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile

recount:
	@$(MAKE) --no-print-directory system-test
	@$(MAKE) --no-print-directory setup-test
	$(BIN)/python -m tests.recount

fuzz: setup-test
	$(BIN)/python -m tests.fuzz --cases 10000 --processes 2

torture:
	@$(MAKE) --no-print-directory system-test
	@$(MAKE) --no-print-directory setup-test
	@$(BIN)/python -m tests.torture

peers: setup-test
	$(BIN)/python -m tests.peers out/peers

fuzz-check: setup-test
	$(BIN)/python -m tests.fuzz.check --cases 3000 --processes 2

bench-memory: setup-test
	$(BIN)/python -m tests.bench.memory

system:
	@.ci/system for-papers

system-test:
	@.ci/system for-tests

setup: .venv/installed ; @:

setup-test: .venv/installed-test ; @:

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "✗ 需要 Python 3.11 或更高版本，现为：$$($(PYTHON) --version 2>&1)。可用 make PYTHON=python3.12 指定。"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "✗ 虚拟环境没有建成。请先运行 make system，或安装 python3-venv。"; exit 1; }
	@touch $@

.venv/installed: requirements.lock pyproject.toml | .venv/python
	@echo "正在安装 Python 依赖……"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-test: requirements-dev.lock .venv/installed
	@echo "正在安装测试所需的 Python 依赖……"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

lock: setup-test
	@$(COMPILE) --extra build --output-file requirements.lock pyproject.toml
	@$(COMPILE) --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

fixtures: setup
	@for script in fixtures/*/make.py; do $(BIN)/python "$$script"; done

gallery:
	@$(MAKE) --no-print-directory system-test
	@$(MAKE) --no-print-directory setup-test
	@$(BIN)/python -m tests.gallery out/gallery
	@echo "用浏览器打开：$(CURDIR)/out/gallery/全部.html"

pictures:
	@$(MAKE) --no-print-directory system-test
	@$(MAKE) --no-print-directory demo
	@.ci/pictures "$(OUT)" fixtures/2024h1/样张 $(BIN)/python
	@$(MAKE) --no-print-directory gallery
	@mkdir -p fixtures/gallery/样张
	@cp out/gallery/全部.png fixtures/gallery/样张/全部.png

clean:
	@rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find docgen tests fixtures -name __pycache__ -type d -prune -exec rm -rf {} +
