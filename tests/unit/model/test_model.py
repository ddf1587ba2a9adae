"""The zone model's file, whole and damaged."""

import re

import pytest

from articlecli import ModelError, Zone
from articlecli.data import read_data
from articlecli.document import Block, Document, Page, Source, Verdict
from articlecli.evidence import evidence_of
from articlecli.model.file import FORMAT, ZONES, load_model, parse_model
from articlecli.model.viterbi import decode
from articlecli.rules.headline import find_headline
from articlecli.rules.only_paragraph import promote_only_paragraph
from articlecli.rules.sight import Sight, sight_of


def test_header_tells_where_it_came_from() -> None:
    """The command, the day and the number of pages are written in the file, and no path."""
    header = load_model().header
    assert header.format == FORMAT
    assert header.trained
    assert header.labelled_by_reading > 80
    assert header.pages["wcxb-dev"] > 800
    own = re.sub(r"build/|tools/train\.py", "", header.command)  # the entry was a script once
    assert "/" not in own


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda _: b"", "header is damaged"),
        (lambda data: b"\xff\xfe" + data, "header is damaged"),
        (lambda data: b"[]\n" + data, "header is damaged"),
        (lambda data: data[:-4000], "cut short"),
        (lambda data: data.replace(b'"width": ', b'"width": "x", "w": ', 1), "header is damaged"),
        (lambda data: data.replace(b'"out_unit"', b'"unit"', 1), "header is damaged"),
        (lambda data: data.replace(b'"features": ', b'"features": 9', 1), "another version"),
    ],
)
def test_damage_is_told(damage, words: str) -> None:
    """A damaged file gives one sentence with the remedy."""
    with pytest.raises(ModelError, match=words) as caught:
        parse_model(damage(read_data("zones.model")))
    assert str(caught.value).endswith("reinstall articlecli")


def _scores(*favourites: tuple[Zone, Zone]) -> list[tuple[int, ...]]:
    """A row a block: ten logits for the first zone, seven for the second."""
    model = load_model()
    rows = []
    for first, second in favourites:
        row = [0.0] * len(ZONES)
        row[ZONES.index(second)] = 7.0
        row[ZONES.index(first)] = 10.0
        rows.append(tuple(round(value / model.out_unit) for value in row))
    return rows


def _document(blocks: list[Block]) -> Document:
    return Document(Page("", Source(None, "text", "str", "", None)), "", (), tuple(blocks))


def _sight(blocks: list[Block], verdicts: list[Verdict]) -> Sight:
    return sight_of(_document(blocks), evidence_of(blocks), verdicts)


def test_a_story_has_a_headline() -> None:
    """Where no block was said to be the headline, the one most like it above the story is."""
    model = load_model()
    menu = (Zone.BOILERPLATE, Zone.META)
    heading = (Zone.HEADING, Zone.TITLE)
    body = (Zone.BODY, Zone.LEAD)

    def decided(*favourites: tuple[Zone, Zone]) -> list[Zone]:
        verdicts = decode(model, _scores(*favourites))
        blocks = [Block(text="The office plans a bridge", lines=(i, i), span=(0, 0))
                  for i in range(1, len(favourites) + 1)]  # fmt: skip
        document, evidence = _document(blocks), evidence_of(blocks)
        return [verdict.zone for verdict in find_headline(sight_of(document, evidence, verdicts))]

    told = decided(menu, heading, body, body)
    assert told == [Zone.BOILERPLATE, Zone.TITLE, Zone.BODY, Zone.BODY]
    # Nothing above the story is like a headline: none is made up.
    assert Zone.TITLE not in decided(menu, menu, body)
    # A page without a story needs none.
    assert Zone.TITLE not in decided(menu, heading)


def test_no_blocks_no_labels() -> None:
    """An empty page has no labels."""
    assert decode(load_model(), []) == ()


def test_a_lone_paragraph_is_the_story() -> None:
    """Where nothing else is text, one long block that is nearly body is the story."""
    model = load_model()
    scores = _scores((Zone.BOILERPLATE, Zone.META), (Zone.BOILERPLATE, Zone.BODY))
    scores[1] = tuple(
        s + (round(0.5 / model.out_unit) if zone is Zone.BODY else 0)
        for s, zone in zip(scores[1], ZONES, strict=True)
    )
    blocks = [Block(text="Menu", lines=(1, 1), span=(0, 4)),
              Block(text="The office plans bridges. " * 8, lines=(2, 2), span=(5, 200))]  # fmt: skip
    labels = decode(model, scores)
    labels = promote_only_paragraph(_sight(blocks, labels))
    assert [label.zone for label in labels] == [Zone.BOILERPLATE, Zone.BODY]
    assert 0 < labels[1].confidence < 0.5
    short = [blocks[0], Block(text="Plans.", lines=(2, 2), span=(5, 11))]
    labels = decode(model, scores)
    labels = promote_only_paragraph(_sight(short, labels))
    assert labels[1].zone is Zone.BOILERPLATE
