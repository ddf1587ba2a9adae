"""Articles and explanations for people: on a terminal, in a notebook.

safe        text that no terminal takes for a command
palette     a colour for each zone
terminal    an article as a person reads it; only then is rich loaded
lines       the lines of an explanation, the long runs folded
notebook    an article as HTML with its zones
"""
