"""Everything that can go wrong with an input, as one small tree.

    ArticleCliError
    ├── InputError        somebody can repair the input: carries the path and the place
    ├── ClusterError      somebody can repair the cluster that a batch runs on
    └── ModelError        the installation is broken: the weights are missing or damaged

"There is no article here" is a result with a reason, never an error.
"""


class ArticleCliError(Exception):
    """Base of every error that articlecli raises on purpose."""


class InputError(ArticleCliError):
    """An input cannot be read as a page.

    Args:
        problem: What is wrong, a clause without a full stop (`is empty`, `is a folder`).
        remedy: What to do about it, a clause without a full stop.
        path: The input, as the user gave it; `None` for a page handed over in memory.
        offset: Byte at which it went wrong, 0-based, where there is one.

    """

    def __init__(
        self, problem: str, remedy: str, *, path: str | None = None, offset: int | None = None
    ) -> None:
        self.problem = problem
        self.remedy = remedy
        self.path = path
        self.offset = offset
        place = f" at byte {offset}" if offset is not None else ""
        self.clause = f"{problem}{place}; {remedy}"
        """All of it but the path, for those who name the input themselves."""
        super().__init__(f"{path or 'the page'} {self.clause}")


class ClusterError(ArticleCliError):
    """Other machines cannot do a batch's work; the message says which and what to do."""


class ModelError(ArticleCliError):
    """The zone model's weights are missing or damaged."""
