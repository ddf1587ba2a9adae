"""The figures of `docs/lab-book.md`, and how to find what is behind them."""
