# Two commands: `make demo` and `make test`. Both install what is missing first (Debian; Rust and Node are needed).

SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

demo: ## build, make the sample station, write its report, serve the site (DIR=demo LISTEN=127.0.0.1:8080 SERVE=yes)
	@bin/install demo
	@bin/demo

test: ## every test, on SQLite, on a PostgreSQL cluster of its own, and in the browser
	@bin/install test
	@bin/test

release: ## the binary for shipping: optimised, with PostgreSQL's client library inside
	bin/web
	cargo build --release --package kapok --features bundled-postgres

bench: ## the benchmarks of bench/README.md
	cargo bench --package changgang --package paper --package rules

.PHONY: help demo test release bench
