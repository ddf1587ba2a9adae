"""The zone models with the rows that a user's own pages fitted."""

from functools import cache

from msgspec.structs import replace

from articlecli.errors import ModelError
from articlecli.model.file import Model, load_model
from articlecli.options import Adaptation, Fitted


def model_for(own: Adaptation | None, *, markup: bool) -> Model:
    """The model for blocks of text or of HTML, as `own` fitted it or as it ships.

    Raises:
        ModelError: The model that ships is damaged, or what was fitted does not go with it.

    """
    fitted = (own.html if markup else own.text) if own else None
    return load_model(markup=markup) if fitted is None else _adapted(fitted, markup=markup)


@cache
def _adapted(fitted: Fitted, *, markup: bool) -> Model:
    model = load_model(markup=markup)
    size = len(fitted.rows) * model.width
    if len(fitted.weights) != size or not all(0 <= n < model.header.rows for n in fitted.rows):
        raise ModelError("the fitted model is damaged; run articlecli adapt again")
    return replace(model, rows=model.rows.changed(fitted.rows, fitted.weights))
