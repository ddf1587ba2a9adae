"""Lines → blocks: `from_text.md` holds the cases, the laws are below."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlecli.blocks.from_text import text_blocks
from articlecli.text.lines import line_spans

CASES = re.findall(
    r"^## (.+?)( \(markdown\))?\n\n```\n(.*?)\n```\n\n(.*?)(?=\n\n## |\Z)",
    (Path(__file__).parent / "from_text.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(
    ("markdown", "page", "expected"),
    [(bool(mark), page, expected) for _, mark, page, expected in CASES],
    ids=[name for name, *_ in CASES],
)
def test_blocks(markdown: bool, page: str, expected: str) -> None:  # noqa: FBT001
    """A flat page comes apart into the blocks that its case lists."""
    page = page.replace("·", "\xa0").replace("→", "\t")
    found = [
        f"- {b.lines[0]}-{b.lines[1]}{' ' + b.kind if b.kind else ''}: " + b.text.replace("\n", "⏎")
        for b in text_blocks(page, line_spans(page), markdown=markdown)
    ]
    assert "\n".join(found) == expected.strip()


def test_gaps_count_blank_lines() -> None:
    """A block knows how many blank lines stand above it."""
    assert [b.gap for b in text_blocks("a\n\n\xa0\n\nb\nc", line_spans("a\n\n\xa0\n\nb\nc"))] == [
        0,
        3,
        0,
    ]


def test_line_ends() -> None:
    """LF, CRLF and CR end a line; a form feed and U+2028 do not."""
    assert line_spans("a\r\nb\rc\n\x0cd\u2028e\n") == [(0, 2), (3, 4), (5, 6), (7, 11)]
    assert line_spans("") == []


def test_invisible_line_is_not_lost() -> None:
    """A line of zero-width characters alone is not blank and has a block."""
    assert [b.lines for b in text_blocks("a\n\u200b\nb", line_spans("a\n\u200b\nb"))] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]


PAGE = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab .,A\n\n\n\r\t\xa0\u200b\x00-*#>|`[]()1é中。"),
        st.characters(codec="utf-8"),
    ),
    max_size=300,
)


@given(PAGE, st.booleans())
def test_every_line_once(page: str, markdown: bool) -> None:  # noqa: FBT001
    """Every non-blank line is in exactly one block, save one that was cut in two."""
    spans = line_spans(page)
    wanted = {n for n, (start, end) in enumerate(spans, 1) if page[start:end].strip()}
    blocks = text_blocks(page, line_spans(page), markdown=markdown)
    covered: dict[int, int] = {}
    for block in blocks:
        assert block.text
        for number in range(block.lines[0], block.lines[1] + 1):
            covered[number] = covered.get(number, 0) + 1
    assert wanted <= set(covered)
    assert all(count == 1 or number in wanted for number, count in covered.items())
    starts = [block.span for block in blocks]
    assert all(a[1] <= b[0] for a, b in zip(starts, starts[1:], strict=False))
    assert all(0 <= a < b <= len(page) for a, b in starts)
