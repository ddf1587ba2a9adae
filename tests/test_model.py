"""The zone model's file, whole and damaged."""

import pytest

from articlecli import ModelError
from articlecli.data import read_data
from articlecli.zones.model import FORMAT, load_model, parse_model


def test_header_tells_where_it_came_from() -> None:
    """The command, the day and the number of pages are written in the file, and no path."""
    header = load_model().header
    assert header["format"] == FORMAT
    assert {"trained", "command", "pages", "labelled_by_reading"} <= set(header)
    assert "/" not in str(header["command"]).replace("tools/train.py", "").replace("build/", "")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda _: b"", "header is damaged"),
        (lambda data: b"\xff\xfe" + data, "header is damaged"),
        (lambda data: b"[]\n" + data, "header is damaged"),
        (lambda data: data[:-4000], "cut short"),
        (lambda data: data.replace(b'"features": ', b'"features": 9', 1), "another version"),
    ],
)
def test_damage_is_told(damage, words: str) -> None:
    """A damaged file gives one sentence with the remedy."""
    with pytest.raises(ModelError, match=words) as caught:
        parse_model(damage(read_data("zones.model")))
    assert str(caught.value).endswith("reinstall articlecli")
