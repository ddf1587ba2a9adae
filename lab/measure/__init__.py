"""The figures of `docs/quality.md`, and how to find what is behind them."""
