"""A quick look in front of a slow one never decides otherwise than the slow one would."""

import re
import sys
from collections.abc import Callable
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import articlecli.article.handles
import articlecli.extractor  # noqa: F401  # both load modules whose patterns are tried below
from articlecli.article import author_lines, byline, places, published, site_name, title
from articlecli.blocks import nests
from articlecli.data import read_data
from articlecli.model import page_counts
from articlecli.text import addresses, clock, dates, names, words
from articlecli.text.characters import INVISIBLE, without_invisible
from articlecli.text.figures import holds_figure
from articlecli.text.folding import letters, word_list
from articlecli.text.headlines import same_words
from articlecli.text.names import has_given_name
from articlecli.text.patterns import _Lazy
from articlecli.text.scripts import UNSPACED, holds_unspaced
from articlecli.text.words import count_words, has_words

GUARDED = [
    one
    for name, home in sys.modules.items()
    if name.startswith("articlecli.")
    for one in vars(home).values()
    if isinstance(one, _Lazy) and one.needs
]
"""Patterns that are compiled only where a sign is met."""
SIGNS = "$kr a1é ß年ת٣©(c)@+:/w.|｜-–—·•»«~_＿：\u200b\u200d\u00ad?#%&=;"
LINES = st.text(SIGNS) | st.text()


@given(st.text())
@example("L’été, 2024 — «\ud800»")
def test_letters(text: str) -> None:
    """Letters and digits of a lower-cased text, whatever its script."""
    assert letters(text) == "".join(filter(str.isalnum, text.lower()))


@given(LINES)
def test_invisible(text: str) -> None:
    """Characters without a shape are taken out as their pattern says."""
    assert without_invisible(text) == INVISIBLE.sub("", text)


@given(st.lists(st.text("ab กข字 ")), st.integers(1, 20))
def test_words(texts: list[str], least: int) -> None:
    """Whether there are so many words is what counting them all would say."""
    assert has_words(texts, least) == (sum(map(count_words, texts)) >= least)


@given(st.text("abc.:/?#;%-_ é&=\t", max_size=20))
@example("a.example/b?")
@example("a.example/b?c;d#")
@example("a.example//b/../c?d=http://e.example/")
def test_address(rest: str) -> None:
    """An address that is whole comes out as joining would have it."""
    target = f"https://{rest}"
    if addresses._WHOLE.fullmatch(target):
        assert addresses.whole_address(target, "http://b.example/c") == target
        assert (
            urljoin("http://b.example/c", target) == urljoin("https://b.example", target) == target
        )


@given(
    st.text("abc.:/?#;%-_ é&=\t", max_size=20), st.sampled_from("/c d/e.html? #a ?b ;p".split(" "))
)
@example("a/../b", "/c")
@example("a//b.html?c", "")
def test_address_on_the_site(rest: str, place: str) -> None:
    """One that begins at the site's root is joined as `urljoin` would."""
    target, base = f"/{rest}", f"https://b.example{place}"
    if addresses._ROOTED.fullmatch(target) and "/." not in target:
        assert addresses.whole_address(target, base) == urljoin(base, target)


@given(st.lists(st.sampled_from([0, 1, 9, *range(nests.LONGEST_TAG - 1, nests.LONGEST_TAG + 3)])))
def test_long_tag(sizes: list[int]) -> None:
    """A tag that is too long is found wherever it stands between others, and cut by itself."""
    pieces = [("<a " + "b=c " * (size // 4))[:size] for size in sizes]
    page = ">".join(pieces)
    cut = nests._cut_tags(page)
    assert cut == ">".join(
        "<" + nests._bound_tag(piece[1:]) if len(piece) - 1 > nests.LONGEST_TAG else piece
        for piece in pieces
    )
    assert cut is page or any(size > nests.LONGEST_TAG + 1 for size in sizes)


@given(LINES)
@example("12 mars 2024")
@example("on 3-may-24, LeeMay 3, 20246:05 '24 1/2/24 30.01.202430. Januar 2024")
@example("COPYRIGHT Harbour News")
@example("Storm hits the coast | Harbour News")
@example("ring (040) 123 4567")
@example("post-author by-line user_name writer autor")
def test_guards(line: str) -> None:
    """What a pattern finds has the signs that are looked for first."""
    assert not dates._HINT.search(dates.plain_figures(line)) or holds_figure(line)
    assert not re.search(r"[\d年년ת]", line) or holds_figure(line)
    assert dates.looks_dated(line) == (dates._HINT.search(dates.plain_figures(line)) is not None)
    assert dates.part_words(line) == dates._GLUED.sub(" ", dates.plain_figures(line))
    assert not dates.all_dates(line, "en") or holds_figure(line)
    assert not places._CONTACT.search(line) or places._may_be_contact(line)
    for found in (places._CONTACT.search, places._BARS.search, places._NUMBERS.fullmatch):
        assert not found(line) or not places._is_plain(line)
    assert not places._NUMBERS.fullmatch(line) or not line[0].isalpha()
    assert not author_lines._MARKED.search(line) or author_lines._may_be_marked(line)
    assert author_lines._is_marked(line) == (author_lines._MARKED.search(line) is not None)
    for pattern in (site_name._RIGHTS, published._RIGHTS):
        assert not pattern.search(line) or published.may_be_right(line)
    assert not published._RIGHTS.match(line) or not line[0].isalpha() or line[0] in "Cc版"
    assert dates.plain_figures(line) == line.translate(dates._FIGURES)
    assert page_counts.has_price(line) == (page_counts._PRICE.search(line) is not None)
    assert site_name._split(line) == site_name._SOLID_PARTS.split(line)
    found = [mark.span() for mark in title._SEPARATOR.finditer(line)]
    assert [mark.span() for mark in title._separators(line)] == found


@given(st.text() | st.text("aé’\u0e00\u0e01\u2e7f\u2e80\u3000\ud7ff\ue000\uffff\U00010000"))
def test_scripts(text: str) -> None:
    """Scripts are told by their bytes as by their characters."""
    assert holds_unspaced(text) == any(char >= UNSPACED for char in text)
    solid = any(re.search(pattern, text) for pattern, _ in words._WITHOUT_SPACES)
    data = text.encode("utf-8", "surrogatepass")
    assert not solid or words._MAY_BE_SOLID.search(data)


@pytest.mark.parametrize("of", [str.upper, str.lower, str.title, str.swapcase])
@pytest.mark.parametrize("sign", [("i", "ı"), ("i", "İ"), ("s", "ſ"), ("μ", "µ"), ("π", "ϖ")])
def test_halves_of_the_day(of: Callable[[str], str], sign: tuple[str, str]) -> None:
    """A word that a pattern finds in a line is among those that the pattern is made of."""
    for half, _ in clock._halves():
        line = f"3 May 2024, 10:15 {of(half).replace(*sign)}"
        if re.search(re.escape(half), line, re.IGNORECASE):
            assert half in clock._said_halves(line)


@given(st.text("1920 05'-/.,’thndſgaMy²é:\n", max_size=24) | LINES)
@example("17 January 2018")
@example("January 17th, 2018")
@example("January 2ſt 14:05 2018")
@example("12-mar-24")
@example("2018. gada 3. maijs")
@example("2018 May 3")
@example("3 May '18")
def test_patterns_of_dates(line: str) -> None:
    """A pattern that is not asked finds nothing."""
    asked = dates._may_have(line) or (False,) * len(dates._NAMED)
    for (pattern, *_), may_be in zip(dates._NAMED, asked, strict=True):
        assert may_be or not pattern.search(line)


@given(
    st.from_regex(r"https?://[A-Za-z0-9.-]{1,8}[/?#:@\n\[]?[ -~\n]{0,8}", fullmatch=True)
    | st.text()
)
@example("http://Harbour.example\n")
@example("http://harbour\n.example/")
@example("https://ann@harbour.example:80/")
@example("http://-./")
def test_hosts(address: str) -> None:
    """The host of an address is what the standard library says."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    assert addresses.host_of(address) == host


@given(st.text("post-auhr_ name\tby-lineswutecy", max_size=24))
@example("post-author")
@example("a by-line b")
@example("myauthorname")
@example("byline_x storywriter")
@example("by_line userby- name")
def test_marks_of_authors(marks: str) -> None:
    """Classes mark an author where the pattern finds so."""
    assert author_lines._is_marked(marks) == (author_lines._MARKED.search(marks) is not None)


@given(st.text("0123456789./- \t\x1c٣a年", max_size=24) | LINES)
@example("3 / 5 / 24")
@example("2024-05-03")
@example("24.11.2025 and 1.2.3")
@example("٣/٤/٢٠٢٠")
def test_figures_of_dates(line: str) -> None:
    """What is read by the order of its figures, or at all, has the signs that tell so."""
    line = dates.part_words(line)
    for text in (line, f"3 May 2024 {line} 12:30", f"x {line}"):
        assert not dates._NUMERIC.search(text) or dates.may_be_figures(text)
        assert not dates._NUMERIC.search(text) or dates._JOINED.search(text)
        assert not dates._ISO.search(text) or dates._JOINED.search(text)
        assert not dates.dates_in(text, "en") or dates.has_three_figures(text)


@given(st.text("Update d|last prvis4", max_size=30) | LINES, st.sampled_from(("", " ", "-2021")))
@example("LastUpdated", "")
@example("lastPublished", "")
@example("Zuletzt Bearbeitet", "")
def test_words_of_updates(line: str, end: str) -> None:
    """A line that says that it was updated has the letters of such a word."""
    line += end
    words = published._labels()["updated"]
    said = any(word in dates.part_words(line).lower() for word in words)
    assert not said or published.may_say_updated([line])
    lower = line.lower()
    assert published._said(lower) == sorted(
        (at, label)
        for label, of in published._labels().items()
        for at in published._places(of, lower)
    )


@given(st.sampled_from(sorted(byline._first_words())), st.text(" :/=：＝՝៖／・·yiİΣσ", max_size=4))
@example("文", "・李明")
@example("a", "")
@example("συντάκτης", ":")
def test_how_a_byline_begins(word: str, rest: str) -> None:
    """A line that begins with a word before a name begins as one of them."""
    for line in (word + rest, f"{word}{rest} Ann Lee", word.upper() + rest, word.title() + rest):
        if byline.after_by(line) is None:
            with patch.object(byline, "_beginnings", return_value={line[:2].lower()}):
                assert byline.after_by(line) is None


@given(LINES, LINES)
@example("Σας", "σας")
@example("İa", "ia")
@example("¡Storm hits!", "storm: HITS")
def test_same_words(a: str, b: str) -> None:
    """Two lines have the same words where all their words are the same."""
    assert same_words(f"Storm {a}", f"storm {b}") == (word_list(a) == word_list(b))
    assert same_words(a, b) == (word_list(a) == word_list(b))
    assert same_words(a, f"- {a.upper()}") == (word_list(a) == word_list(a.upper()))


@given(
    st.from_regex(r"(19|20)\d\d-\d\d-\d\d", fullmatch=True),
    LINES | st.text("0123456789-/. T:Zmayof"),
)
@example("2024-03-05", "T10:00:00Z")
@example("2024-03-05", " 5 May 2023")
def test_declared_date(day: str, rest: str) -> None:
    """A line that begins with a date as ISO 8601 has it tells that date first."""
    found = dates.all_dates(dates.part_words(day + rest), None)
    assert dates.find_date(day + rest, None) == (found[0].day if found else None)


@pytest.mark.parametrize("line", ["Maria Berg", "Jean-Luc Moreau", "Dr. Anna Lee", "Élodie Roux"])
def test_given_name(line: str) -> None:
    """A name begins with a known given name, accents and titles aside."""
    assert has_given_name(line)


def test_every_given_name() -> None:
    """Each name of the list is found on its line."""
    listed = read_data("given_names.txt").decode().splitlines()[1:]
    assert all(names._is_given_name(name) for line in listed for name in line.split())


@pytest.mark.parametrize("line", ["Ma Bo", "Mariaxq Berg", "Mariax- Berg", "A. Xqz", "-- Berg", ""])
def test_no_given_name(line: str) -> None:
    """A piece of a known name is none, nor is one with more letters."""
    assert not has_given_name(line)


@given(
    st.text("Anne Li.('’-\n\t\x1cÉ1_", min_size=3) | LINES, st.sampled_from(sorted(byline._LIVES))
)
@example("Ann Lee ", "is")
@example("Ann B. Lee\u2003\n(", "è")
@example("A b c d e ", "was")
def test_life(name: str, verb: str) -> None:
    """Words that tell of somebody are found wherever the pattern finds them."""
    for line in (f"{name}{verb} a writer", f"{name} {verb} a writer", f"A {name} {verb}  b"):
        assert (byline.life_of(line) is None) == (byline._LIFE.match(line) is None)


@given(st.text("upda tedon:été"), st.frozensets(st.text("upda tedon:été", min_size=1, max_size=4)))
@example("last updated on", frozenset({"updated", "last updated", "date", "on"}))
def test_places_of_words(line: str, words: frozenset[str]) -> None:
    """Words are found where a pattern of all of them would find them, the longest first."""
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = [match.start() for match in re.finditer(pattern, line)] if words else []
    assert list(published._places(words, line)) == found


@given(LINES | st.text("12 08.a年:-/[]|· »Bydoc3Aa•–"))
@example("2024-03-12 and 12.03.2024")
@example("Jane DoePublished: 3 May")
@example("10.0.0.1 - - [12/Mar/2024")
@example("12-mar-24")
@example("1402/12/22")
def test_needed_signs(line: str) -> None:
    """A pattern finds nothing in a text without the signs that it is said to need."""
    for one in GUARDED:
        whole = re.compile(*one._source)
        assert any(sign in line for sign in one.needs) or not whole.search(line)


@given(st.text("a1:"))
def test_the_same_as_compiled(text: str) -> None:
    """A guarded pattern answers as the compiled one does."""
    whole, args = re.compile("[a:]1"), {"sub": ("-", text)}
    for name in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
        given = args.get(name, (text,))
        one, other = (getattr(p, name)(*given) for p in (_Lazy("[a:]1", 0, "a:"), whole))
        if name == "finditer":
            one, other = (list(map(re.Match.span, each)) for each in (one, other))
        if isinstance(other, re.Match):
            one, other = one.span(), other.span()
        assert one == other
