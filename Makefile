# Two commands: `make demo` and `make test`. Both install what is missing first.

SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

demo: ## build, make the sample station, write its report and serve the site
	@bin/install demo
	@bin/demo

test: ## every test, on SQLite and on a PostgreSQL cluster of its own, and in the browser
	@bin/install test
	@bin/test

.PHONY: help demo test
