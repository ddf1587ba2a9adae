"""Words of each language: `data/languages/<code>.txt`, one file a language.

A file has one line a heading (`by: par`), its words separated by ` | `. Below `[phrases]` the
headings are concepts, those of `data/concepts.txt`, and the words are stock phrases of the web
(`text/phrases.py` reads them): lower-cased, apostrophes straight. A list that a language does not
have is left out. The files are read once; a list is taken out of them when somebody asks for it.
"""

from functools import cache
from typing import Literal

from articlecli.data import list_data, read_data
from articlecli.errors import ModelError

Heading = Literal[
    "months",  # January to December; forms of one month separated by "/"
    "quotes",  # the two signs that browsers put around <q>
    "by",  # a preposition before an author's name, wherever the name stands
    "of",  # words that say "by" only at the start of a line: a name may begin with them too
    "signed",  # what else stands before an author's name at the start of a line
    "named",  # what stands before a name of two to four characters inside a line
    "behind",  # what stands behind a name, on a line that tells nothing else
    "honorifics",  # what is written at the end of a name and is none of it
    "surnames",  # first characters of names in scripts that have no capitals to tell them by
    "edited",  # likewise before an editor's, where the page names no author
    "all_by",  # "all posts by": links to more of an author
    "and",  # between two authors
    "particles",  # words of a name in lower case
    "stops",  # words that end a name: a date, a role or a paper follows
    "titles",  # words before a name: "Dr"
    "roles",  # words of a role, a desk or a kicker, and of no name
    "published",  # parts of words that say that a story was published
    "updated",  # likewise updated
    "other_days",  # likewise that its date is of something else: when a member joined, an issue
    "open_ends",  # words that no sentence ends with: articles, prepositions, auxiliaries
    "forum",  # what a forum calls itself in its pages' titles
    "live",  # words of a headline that announce a live report
    # Words that keep the hyphen they are written with, also where a line ends at it. No word may
    # stand there that is a syllable of others ("ex-", "co-", "-elle").
    "hyphen_first",  # first halves of compounds ("well-known")
    "hyphen_second",  # second halves, joined to a word by a hyphen ("dit-il")
    "hyphen_list",  # words after which a hyphen stands for a word to come ("Hafen- und Werft")
]


@cache
def _texts() -> dict[str, tuple[str, str]]:
    """Language → the words and the stock phrases of its file."""
    try:
        texts = {path: read_data(path).decode("utf-8") for path in list_data("languages")}
    except (OSError, ValueError) as error:
        raise ModelError(f"the word lists are damaged ({error}); reinstall articlecli") from None
    found: dict[str, tuple[str, str]] = {}
    for path, text in texts.items():
        words, _, phrases = text.partition("\n[phrases]\n")
        found[path.rpartition("/")[2].removesuffix(".txt")] = words, phrases
    return found


@cache
def words_by_language(heading: Heading) -> dict[str, tuple[str, ...]]:
    """Language (ISO 639-1) → its words under a heading, where it has such a list.

    Raises:
        ModelError: The files are missing or damaged.

    """
    found: dict[str, tuple[str, ...]] = {}
    for language, (words, _phrases) in _texts().items():
        _, mark, after = words.partition(f"\n{heading}: ")
        if mark:
            found[language] = tuple(after.partition("\n")[0].split(" | "))
    return found


@cache
def words_of(heading: Heading) -> frozenset[str]:
    """Words under a heading, all languages together: few pages say which they are in."""
    return frozenset(word for words in words_by_language(heading).values() for word in words)


def phrase_texts() -> dict[str, str]:
    """Language → its stock phrases as they stand in its file, a line a concept."""
    return {language: phrases for language, (_, phrases) in _texts().items() if phrases}
