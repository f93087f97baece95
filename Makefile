# Every command of this project. `make help` lists them; CI runs the same ones.
PY := .venv/bin/python
FLASK := $(PY) -m flask --app api.app
.DEFAULT_GOAL := help

help:  ## list these commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: ready  ## set up what is missing, load the demonstration if empty, and serve on http://127.0.0.1:8000
	@$(PY) -m api.serving

ready: ; @.ci/ready-python requirements.txt && .ci/ready-client  ## install what running needs and build the phone client

ready-tests: ; @.ci/ready-python requirements-dev.txt && .ci/ready-client && .ci/ready-tests  ## the same, and what testing needs

test: ready-tests  ## the whole suite, on SQLite and on PostgreSQL + PostGIS, pages in Chromium
	@cd field_app && PATH="$(CURDIR)/.venv/bin:$$PATH" npm test
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: ready-tests  ## formatting, lint, types, and who may import whom
	@$(PY) -m ruff check . && $(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@cd field_app && PATH="$(CURDIR)/.venv/bin:$$PATH" npm run check

bench: ready-tests  ## every benchmark, printed as ratios to a peer in the same run
	@$(PY) -m benchmarks

bench-geo: ready-peers  ## coverage, siting, roads, matching, datums and OGC features as ratios to the best peer
	@$(PY) -m benchmarks.geo

bench-maps: ready-peers  ## the maps in Chromium beside FastMarkerCluster, and pictures beside a screenshot
	@$(PY) -m benchmarks.maps

bench-phone: ready-tests  ## the phone in Chromium: weight, opening, taps, bytes of a day, a full outbox
	@$(PY) -m benchmarks.phone

bench-photos: ready-tests  ## photos found again after alterations, look-alikes told apart, one search among a million
	@$(PY) -m benchmarks.photo_hash

bench-signs: ready-tests  ## reading signs by condition: wordings, look-alikes, channels, time and memory; SIGNS="--folder DIR"
	@.ci/ready-sign-fonts
	@$(PY) -m benchmarks.signs $(SIGNS)

ready-peers: ready-tests ; @.ci/ready-python requirements-bench.txt  ## install the peers that benchmarks are measured against

test-faults: ready-tests  ## the long campaign: hostile photos, kills and power cuts, with figures
	@$(PY) -m benchmarks.hostile_photos
	@$(PY) -m benchmarks.faults
	@$(PY) -m benchmarks.photo_faults
	@$(PY) -m benchmarks.phone_faults

screenshots: ready-tests  ## make the pictures of the README and docs again from the demonstration
	@$(PY) -m docs.pictures

phone-pictures: ready-tests  ## every screen of the phone, both sizes, lights and languages, into var/phone-pictures
	@$(PY) -m docs.phone_pictures

clean:  ## remove what was installed and built; var/ (your data) stays
	rm -rf .venv field_app/node_modules field_app/dist field_app/src/generated web_map/static/shelf web_map/fonts

.PHONY: help run ready ready-tests ready-peers test check bench bench-geo bench-maps bench-phone bench-photos bench-signs test-faults screenshots phone-pictures clean
