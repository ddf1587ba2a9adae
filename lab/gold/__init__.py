"""Gold pages, and what the gold says of each block of a page."""
