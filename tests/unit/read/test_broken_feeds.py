"""Feeds that are no XML: what is damaged costs itself alone, and what leaves no doubt is read."""

import random
from pathlib import Path
from time import process_time

import pytest

from articlecli import InputError
from articlecli.read.broken_xml import repaired
from articlecli.read.feed import ELEMENTS
from articlecli.read.records import Fields, Record, read_records

HEAD = "<?xml version='1.0'?><rss xmlns:c='urn:x:content'><channel><title>Mills</title>"
FOOT = "</channel></rss>"


def item(number: int, text: str = "The mill turns") -> str:
    return f"<item><title>Mill {number}</title><description>{text}</description></item>\n"


def read(path: Path, data: bytes | str) -> tuple[list[Record], str]:
    """Records of a feed, and what is raised behind them."""
    found = []
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    try:
        for record in read_records(str(path), "feed", Fields()):
            found.append(record)  # noqa: PERF402  # those before an error count
    except InputError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize(("text", "said"), [
    ("Flour &amp; bread &amp;", "Flour & bread &"),
    ("Flour & bread &", "Flour & bread &"),
    ("a &nope; b &nbsp;&eacute;&euro;", "a &nope; b \xa0é€"),
    ("nought&#0;one&#1;&#x80;&#99999999;", "nought\ufffdone€&#99999999;"),
    ("ring\a the\x1b[31m bell\0", "ring the[31m bell"),
    ("3 < 4 and <b>5</b>", "3 < 4 and 5"),
    ("<![CDATA[as & it <stands> &nbsp;\b]]> &", "as & it <stands> &nbsp; &"),
    ("<!-- a & b -->and &", "and &"),
])  # fmt: skip
def test_damage_that_leaves_no_doubt(tmp_path: Path, text: str, said: str) -> None:
    """References and signs are read as browsers read them; the entries beside stay as they were."""
    feed = HEAD + item(1) + item(2, text) + item(3) + FOOT
    found, error = read(tmp_path / "a.xml", feed)
    assert error == ""
    assert [record.problem for record in found] == [None] * 3
    assert said in str(found[1].source)
    good = read(tmp_path / "b.xml", HEAD + item(1) + item(2) + item(3) + FOOT)[0]
    assert (found[0], found[2]) == (good[0], good[2])


@pytest.mark.parametrize("text", ["<b>never <i>closed</b>", "<a b c>", "<x:y/>", "</nothing>"])
def test_an_entry_with_wrong_tags(tmp_path: Path, text: str) -> None:
    """It fails with its number, and the others are read; so with several, and after a repair."""
    for first, last in (("fine", "fine"), (text, text), ("a & b", "a & b")):
        feed = HEAD + item(1, first) + item(2, text) + item(3) + item(4, last) + FOOT
        found, error = read(tmp_path / "a.xml", feed)
        assert error == ""
        assert [one.problem is None for one in found] == [first != text, False, True, last != text]
        assert ") in entry 2; fetch it again" in (found[1].problem or "")


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    """They are replaced, unless the feed names another encoding, in which they are letters."""
    for encoding, said in (("utf-8", "\ufffd"), ("iso-8859-1", "é")):
        head = HEAD.replace("'1.0'", f"'1.0' encoding='{encoding}'")
        data = (head + item(1, "caf&; ~") + FOOT).encode().replace(b"~", b"\xe9")
        found, error = read(tmp_path / "a.xml", data)
        assert (len(found), error) == (1, "")
        assert said in str(found[0].source)


def test_damage_above_the_entries(tmp_path: Path) -> None:
    """The feed's own title may hold a raw sign too, and entries behind it may be damaged."""
    feed = HEAD.replace("Mills", "Mills & more") + item(1) + item(2, "</b>") + item(3, "&") + FOOT
    found, error = read(tmp_path / "a.xml", feed)
    assert error == ""
    assert [record.problem is None for record in found] == [True, False, True]
    for wrong in ("</nothing>", "<a b>"):
        found, error = read(tmp_path / "a.xml", HEAD + wrong + item(1) + FOOT)
        assert found == []
        assert "is no feed of XML" in error


def test_a_feed_that_is_cut(tmp_path: Path) -> None:
    """That is a failure, whatever was repaired before."""
    feed = HEAD + item(1, "a & b") + item(2)
    for cut in (feed, feed + "<item><title>Mi", feed + "<item>&", feed + "&", feed[:90]):
        found, error = read(tmp_path / "a.xml", cut)
        assert "is no feed of XML" in error
        assert len(found) in (0, 2)


def test_tags_that_are_read_in_two_pieces(tmp_path: Path) -> None:
    """Wherever a piece of the file ends, the same entries come out."""
    for size in range((1 << 16) - 90, (1 << 16) + 10, 7):
        feed = HEAD + item(1, "x" * (size - len(HEAD) - 60)) + item(2, "&") + item(3) + FOOT
        found, error = read(tmp_path / "a.xml", feed)
        assert error == ""
        assert [one.id for one in found if one.problem is None] == ["1", "2", "3"]


def test_any_damage(tmp_path: Path) -> None:
    """Whatever bytes are lost, added or changed: records or one sentence, never another error."""
    rolls = random.Random(7)
    whole = (HEAD + "".join(item(n, "<![CDATA[a]]> b &lt; c") for n in range(6)) + FOOT).encode()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rolls.randint(1, 4)):
            at = rolls.randrange(len(data))
            data[at : at + rolls.randint(0, 3)] = rolls.choice(
                [b"&", b"<", b">", b"\xff", b"]]>", b"<item>", b"</item>", b"\0", b"'", b""]
            )
        found, error = read(tmp_path / "a.xml", bytes(data))
        assert len(found) >= (0 if error else 4)
        assert [int(one.id) for one in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    "unit", [b"<![CDATA[", b"<!--", b"&", b"<", b"&a", b"&#1;", b"& <![CDATA[ ]]>"]
)
def test_repair_takes_time_as_its_size(unit: bytes) -> None:
    """Neither openings without end nor signs in a row are looked at twice."""
    began = process_time()
    repaired(unit * 100_000, b"")
    assert process_time() - began < 3


def test_many_elements_between_damage(tmp_path: Path) -> None:
    """The bound on the elements of an entry holds for one that is read again."""
    deep = "<x/>" * (ELEMENTS + 1) + "&"
    found, error = read(tmp_path / "a.xml", HEAD + item(1) + item(2, deep) + item(3) + FOOT)
    assert len(found) == 1
    assert "has an entry of more than" in error
