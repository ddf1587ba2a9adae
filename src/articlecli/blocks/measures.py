"""Measures of plain text: what the passes over its lines go by, and the core too.

They stand apart from the passes, which few pages need and load.
"""

# Headlines and menus in one line, and pages of one line.
HEADLINE_ROWS = 80
"""Rows among which the page's headline and its copies stand."""
HEADLINE_WIDTHS = (25, 150)
"""Characters of the shortest and the longest headline."""
HEADLINE_SPACES = 3
"""Spaces of the shortest."""
MENU_WIDTH = 30
"""Characters of the longest line that is not looked at."""
HEADLINE_END = 12
"""Characters by whose beginnings and ends headlines are found."""
ONE_LINE = 400
"""Characters from which a line may be a whole page, made flat with spaces for line ends."""
LONGEST_LINE = 60_000
"""Characters of the longest such line that is cut."""
ONE_LINE_SHARE = 0.8
"""Share of the page's characters that such a line has at least."""

# Tables of a cell a line.
CELL = 30
"""Characters of the longest cell where a cell is a line."""
MOST_COLUMNS = 6
"""Columns of the widest such table."""
LEAST_ROWS = 3
"""Rows of the shortest, its head included."""
CELL_ENDS = ".!?…,;:"
"""Signs that no cell ends with."""

# Code.
CODE_WIDTH = 160
"""Characters of the longest line of code."""
CODE_SIGNS = "()[{}<>=;$#@\\"
CODE_WORDS = ("import ", "package ", "using ")
"""What one of the sure lines has or begins with; other lines are not looked at any closer."""

# Sheets of print.
SHEET_NUMBER = 24
"""Characters of the longest line that is a sheet's number."""
SHEET_ROWS = 10
"""Rows of the shortest sheet where only its number tells that it ends."""

# Lines that go on with one another.
ADDRESS = 60
"""Characters of a line without a space that is no word but an address."""
WIDTHS = (20, 40, 130)
"""Columns of the narrowest wrapping: where words are cut, and elsewhere; and of the widest."""
NEAR_WIDTH = 0.75
"""Share of the width from which a line may be full."""
LEAST_FULL, FULL, GOING_ON = 3, 0.5, 0.3
"""Full lines of a wrapped page, their share of the longer ones, and how many of them go on."""
LINK = 60
"""Characters of the longest link inside a sentence."""
BYLINE = 6
"""Words of the longest "by Anna Berg"."""
MANY_HYPHENS = 2
HYPHENS = 0.06
"""Lines that end inside a word, and their share of those that a sentence runs on from, from which
a page is taken to be set with hyphenation. A program that wraps at the hyphens of compounds ends
one or two lines of a hundred there."""

# Verse.
VERSE_WIDTH = 60
"""Characters of the longest line of verse."""
STANZA = 3
"""Lines of the shortest stanza."""
VERSE_ENDS = frozenset(",;—–")
"""How some lines of verse end, of each stanza one."""
POEM = 6
"""Lines of the shortest poem."""
