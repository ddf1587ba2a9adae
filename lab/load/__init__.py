"""Batches under load: many made-up pages, timed, killed and watched."""
