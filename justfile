# One entry for what a developer does. `just` lists the recipes.

python := ".venv/bin/python"

# Make the environment with all that the recipes below need.
setup:
    python3 -m venv .venv
    {{python}} -m pip install -q -e '.[all,test,dev]'

# The core again, after a change of its C sources, beside the package of this checkout.
core *flags:
    {{python}} src/core/build.py {{flags}}

# The core's tests with memory and undefined behaviour watched; `just core` afterwards.
core-sanitized:
    bash .ci/sanitize {{python}}

# The core compiled for the platforms of the wheels, as far as that goes from here.
core-cross:
    bash .ci/cross {{python}}

# The tests, in random order; `just test -k rules` runs some.
test *args:
    {{python}} -m pytest {{args}}

# Timings and other slow checks.
slow:
    {{python}} -m pytest -n 0 -m slow

# Style.
lint:
    {{python}} -m ruff check .
    {{python}} -m ruff format --check .

# Types.
types:
    {{python}} -m mypy
    {{python}} -m mypy tests/typing

# Golden pages: `just cases check`, `just cases rerun SLUG`.
cases *args:
    {{python}} -m tests.cases {{args}}

# The tests with the lowest versions that pyproject.toml allows.
lowest:
    bash .ci/lowest

# The documents as a site in `build/site`; `just docs serve` shows it while you write.
docs *args="build --strict":
    {{python}} -m pip install -q -e '.[docs]'
    {{python}} -m lab docs
    {{python}} -m mkdocs {{args}}

# The pictures of README and documents; needs Chromium.
pictures:
    {{python}} -m lab pictures

# Coverage, that of started processes included, against the floor in pyproject.toml.
cov:
    {{python}} -m coverage erase
    {{python}} -m coverage run -m pytest -n 0
    {{python}} -m coverage combine -q
    {{python}} -m coverage report

# Fuzz by coverage, for ten minutes; `just fuzz -max_total_time=7200` for two hours.
fuzz *args="-max_total_time=600":
    {{python}} -m pip install -q '.[fuzz]'
    {{python}} -m tests.fuzz {{args}}

# Time a page takes, stage by stage.
bench:
    {{python}} -m lab timing

# All of it, in clean environments, as CI does.
ci:
    bash .ci/run
