"""What articlecli is trained, measured and loaded with: `python -m lab` lists the commands.

gold      gold pages → DOM blocks, and what the gold says of each block
make      pages flattened, cut and put together: the examples that the model learns from
train     the zone model: trained with PyTorch, shipped as integers
measure   the figures of `docs/lab-book.md`
load      many made-up pages: batches timed, killed and watched
docs      what the documents show of the code: reference, example, pictures
results   figures that were stored, and `tables`, which writes them into the documents

A room imports from the rooms above it, `load` and `docs` only from
themselves. Not part of the wheel.
"""
