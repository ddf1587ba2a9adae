"""A machine that has the high byte first reads the same weights and gives the same scores."""

from array import array
from typing import Any

import pytest

from articlecli.blocks.from_text import text_blocks
from articlecli.data import read_data
from articlecli.evidence import evidence_of
from articlecli.model import file, lanes, network
from articlecli.model.features import page_and_block_features
from articlecli.text.lines import line_spans
from tests import SAMPLES


class BigEndian(array):  # type: ignore[type-arg]
    """An array whose bytes stand as they do in the memory of such a machine."""

    def frombytes(self, data: Any, /) -> None:
        """Read bytes as that machine would."""
        native = array(self.typecode)
        native.frombytes(data)
        native.byteswap()
        self.extend(native)

    def tobytes(self) -> bytes:
        """Write bytes as that machine would."""
        native = array(self.typecode, self)
        native.byteswap()
        return native.tobytes()


def test_the_same_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the file, summing rows and reading scores all mind the order of bytes."""
    page = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
    blocks = text_blocks(page, line_spans(page))
    features = page_and_block_features(blocks, evidence_of(blocks))
    data = read_data("zones.model")
    here = network.zone_scores(file.parse_model(data), features)
    for module in (file, lanes, network):
        monkeypatch.setattr(module, "array", BigEndian)
        monkeypatch.setattr(module, "byteorder", "big")
    assert network.zone_scores(file.parse_model(data), features) == here
