"""`python -m lab`."""

from lab.cli import cli

if __name__ == "__main__":
    cli(prog_name="python -m lab")
