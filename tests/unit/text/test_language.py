"""Language of a text, where the page declares one too."""

import pytest

from articlecli.text.language import identify_language

GALICIAN_OR_SPANISH = (
    "Para una cena de verano: pan, queso, tomate, aceite, sal, agua, vino, fruta, arroz, pollo."
)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [("es", "es"), ("pt", "pt"), ("ja", None), ("", None)],
)
def test_the_declared_one_decides_between_close_ones(declared: str, expected: str | None) -> None:
    """It counts among languages that are as likely, and against no other."""
    alone = identify_language(GALICIAN_OR_SPANISH)
    assert identify_language(GALICIAN_OR_SPANISH, declared) == (expected or alone)


def test_a_wrong_declaration_counts_for_nothing() -> None:
    """The words of a template in another language."""
    text = "Die Kräne am alten Hafen werden wieder aufgebaut, und alle Leute freuen sich darüber."
    assert identify_language(text, "en") == "de"
