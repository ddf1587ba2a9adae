"""Second opinions on a page of HTML, asked where the first is none or is unsure.

The zone model for HTML reads tags and classes, and those can mislead it. Where that leaves a page
without any text, the model for text judges the same blocks without their tags (`unmarked`): no page
comes out empty that its own words give whole. Where it leaves a page without a story or a doubtful
one, trafilatura is asked (`asked.py`), its text is laid on the page's blocks (`alignment.py`), and
what it holds speaks for the story while the page is decoded once more (`evidence.py`, `second.py`).
"""
