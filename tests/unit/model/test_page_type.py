"""What a page is, whether it has a story, and the entries of those that are lists."""

import json

import pytest

from articlecli import Options, extract, from_json, to_json, to_markdown, to_text
from articlecli.blocks import split_page
from articlecli.document import Verdict
from articlecli.errors import ModelError
from articlecli.evidence import evidence_of
from articlecli.model import by_type
from articlecli.model import page_type as types
from articlecli.model.adapted import model_for
from articlecli.model.by_type import settle_by_type
from articlecli.model.file import ZONES
from articlecli.model.page_type import PageType
from articlecli.read import read_page
from articlecli.zone import BODY, BOILERPLATE, PAGE_KINDS, PageKind, Zone

ITEMS = [
    ("The weir at Lower Sallow is open again", "Divers closed the last gap on Friday night.", "3 May 2021"),
    ("Nine goats for the castle hill", "The town tried mowers, robots and a burning contest.", "1 May 2021"),
    ("A timetable that nobody can read", "Passengers ask for larger print and fewer footnotes.", "28 April 2021"),
    ("Old tram sheds become a market", "Forty stalls have signed so far, most of them bakers.", "21 April 2021"),
    ("The choir that sings in a quarry", "Stone gives back every note twice, says its leader.", "15 April 2021"),
]  # fmt: skip
POPULAR = ["What the ferryman saw", "Why the clock stands at four", "The baker's last loaf"]
CARDS = "".join(
    f'<article class="teaser"><h2><a href="/news/{i}">{title}</a></h2><p>{summary}</p>'
    f'<p class="date">{day}</p></article>'
    for i, (title, summary, day) in enumerate(ITEMS)
)
LIST = f"""<html><head><title>Local news - The Sallow Courier</title></head><body>
<nav><ul><li><a href="/">Home</a><li><a href="/news">News</a><li><a href="/sport">Sport</a></ul></nav>
<h1>Local news</h1>{CARDS}
<aside><h3>Most read</h3><ul>{"".join(f'<li><a href="/p/{t[:3]}">{t}</a></li>' for t in POPULAR)}</ul></aside>
<p><a href="/news?page=2">Next page</a></p><footer>© The Sallow Courier</footer></body></html>"""
NOTE = (
    "Bring the blue folder to the meeting on Thursday, please, and tell Ann that the room has "
    "changed: we sit upstairs now, beside the library."
)
TABLE = """Departures from the north pier

| Boat | Leaves | Pier |
| --- | --- | --- |
| Marigold | 08:15 | 2 |
| Old Heron | 09:40 | 1 |
| Sister Ada | 11:05 | 2 |
| Marigold | 14:30 | 2 |"""
CODE = (
    "<html><body><h1>Count the lines</h1><pre>for name in *.txt; do\n  wc -l $name\ndone | sort -n"
    "</pre><p>It prints the shortest file first.</p></body></html>"
)
LOGIN = """<html><head><title>Sign in - Sallow Bank</title><meta name="description" content="Your
accounts at one place."><link rel="canonical" href="https://bank.example/login"></head><body><h1>Sign
in</h1><form><label>User name</label><input><label>Password</label><input type=password>
<button>Sign in</button></form><p><a href="/lost">Forgot your password?</a></p><p><a href="/new">Register
</a></p><footer>© Sallow Bank</footer></body></html>"""


def test_entries_of_a_list() -> None:
    """The pages that a list page lists are its entries and its text; no story is given."""
    article = extract(LIST, url="https://courier.example/news/")
    assert (article.status, article.reason, article.page_type) == (
        "no_article", "only teasers", "listing",
    )  # fmt: skip
    assert [entry.title for entry in article.entries] == [title for title, _, _ in ITEMS]
    assert [entry.meta for entry in article.entries] == [day for _, _, day in ITEMS]
    assert article.entries[0].url == "https://courier.example/news/0"
    for title, summary, day in ITEMS:
        assert f"{title}\n{summary}\n{day}" in article.text
    assert not {title for title, _, _ in ITEMS} & {teaser.title for teaser in article.teasers}


def test_what_stands_beside_a_list() -> None:
    """Bare headlines below "Most read" are no entries where the list's own have summaries."""
    article = extract(LIST)
    assert article.teasers
    assert {teaser.title for teaser in article.teasers} <= set(POPULAR)
    assert not any(title in article.text for title in POPULAR)


def test_facts_without_a_story() -> None:
    """A page without a story has its title, its address and what it declares."""
    article = extract(LOGIN)
    assert (article.status, article.body, article.text) == ("no_article", (), "")
    assert (article.title or "").startswith("Sign in")
    assert (article.url, article.description) == (
        "https://bank.example/login", "Your accounts at one place.",
    )  # fmt: skip
    assert (extract(LIST).title or "").startswith("Local news")


@pytest.mark.parametrize("page", [NOTE, TABLE, CODE, f"<html><body><p>{NOTE}</p></body></html>"])
def test_a_short_page_is_its_own_story(page: str) -> None:
    """A note, a table or a listing of code without menus around it is a story."""
    article = extract(page)
    assert article.status == "ok"
    assert len(article.text.split()) >= 12


def test_only_some_types() -> None:
    """Pages of other types than those asked for have no story, and a name that is none is refused."""
    told = extract(NOTE)
    others = tuple(kind for kind in PAGE_KINDS if kind != told.page_type)
    article = extract(NOTE, options=Options(types=others))
    assert (article.status, article.reason) == ("no_article", "another page type")
    assert article.text == ""
    assert extract(NOTE, options=Options(types=(told.page_type,))) == told
    with pytest.raises(ValueError, match="none of article, forum"):
        Options(types=("news",))  # type: ignore[arg-type]


def test_writers_print_entries() -> None:
    """Entries stand in the text, Markdown and HTML of a list, whether teasers are asked for or not."""
    article = extract(LIST)
    for told in (to_text(article), to_markdown(article), article.to_html()):
        assert all(title in told for title, _, _ in ITEMS)
        assert POPULAR[0] not in told
    told = json.loads(to_json(article, teasers=False))
    assert len(told["entries"]) == len(ITEMS)
    assert from_json(to_json(article, offsets=True)) == article


OFFERS = (
    """Boiler care in Lower Sallow
    A yearly visit keeps your boiler safe and your bills low, and it takes less than an hour.
    Book now
    We clean the burner, test every seal and measure the flue gas on the same day.
    Open Monday to Saturday""",
    """Fenster nach Maß
    Wir bauen Holzfenster, die zu alten Häusern passen, und räumen hinter uns wieder auf.
    Termin vereinbaren
    Viele alte Fenster halten mit neuen Dichtungen noch zwanzig Jahre, sagt der Meister.
    Montag bis Freitag""",
    """Location de vélos à Port-Lannec
    Des vélos révisés chaque semaine, prêts à rouler, que nous apportons où vous dormez.
    Réserver
    Une batterie tient soixante kilomètres, même face au vent, et nous la rechargeons le soir.
    Tous les jours""",
    """岬の自転車屋
    毎週点検した自転車を、お泊まりの宿までお届けします。追加の料金はいただきません。
    予約する
    電池は六十キロもちます。向かい風でも心配はいりません。夜のうちに充電しておきます。
    年中無休""",
)
"""What a firm offers: each time the second sentence is nearly taken for a menu."""


def settled(page: str, kind: PageKind, sure: float, *, html: bool = False) -> list[Zone]:
    """Zones of such a page where its type is given and how sure the model is of each line."""
    lines = [line.strip() for line in page.splitlines()]
    page = "".join(f"<p>{line}</p>" for line in lines) if html else "\n\n".join(lines)
    form = Options(input_format="html" if html else "text")
    document = split_page(read_page(page, url=None, options=form))
    evidence = evidence_of(document.blocks)
    unit = model_for(None, markup=html).out_unit
    near = {1: (BODY, 6.0), 3: (BOILERPLATE, -1.0)}
    verdicts = []
    for i in range(len(document.blocks)):
        zone, by = near.get(i, (BOILERPLATE, 14.0))
        other = BODY if zone is BOILERPLATE else BOILERPLATE
        logits = (0.0 if z is zone else -by if z is other else -20.0 for z in ZONES)
        scores = tuple(round(logit / unit) for logit in logits)
        verdicts.append(Verdict(zone, sure, scores, unit))
    told = PageType(kind, 1.0, 1.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_type, "page_type", lambda *_: told)
        return [verdict.zone for verdict in settle_by_type(document, evidence, verdicts)[0]]


@pytest.mark.parametrize("page", OFFERS)
def test_a_story_weighs_more_where_menus_look_like_it(page: str) -> None:
    """On a page of services, and on one that the model is unsure of, a near miss is body; else not."""
    kept = [BOILERPLATE, BODY, BOILERPLATE, BODY, BOILERPLATE]
    as_found = [BOILERPLATE, BODY, BOILERPLATE, BOILERPLATE, BOILERPLATE]
    assert settled(page, "service", 0.9) == kept
    assert settled(page, "service", 0.9, html=True) == kept
    assert settled(page, "article", 0.6) == kept
    assert settled(page, "article", 0.9) == as_found
    assert settled(page, "article", 0.6, html=True) == as_found


@pytest.mark.parametrize("page", OFFERS)
def test_too_little_of_the_text(page: str) -> None:
    """Where most of a page's running text would be left out, a near miss is body."""
    more = page.splitlines()[3].strip() + " "
    assert settled(page.replace(more.strip(), 6 * more), "article", 0.9)[3] is BODY


def test_empty_page() -> None:
    """A page without a block is of type `other`, surely."""
    document = split_page(read_page("", url=None, options=Options()))
    verdicts, told = settle_by_type(document, evidence_of(document.blocks), [])
    assert (verdicts, told.name, told.has_story) == ([], "other", False)


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"no json\n"])
def test_damaged_weights(damage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is cut short or made for other signs is one sentence."""
    whole = types.model_bytes(types.TYPES)
    monkeypatch.setattr(types, "model_bytes", lambda _name: damage or whole[:-1])
    with pytest.raises(ModelError, match="reinstall"):
        types.load_types.__wrapped__()


SHOP = """Rowing boats | Arden Boats
Sign in
Cart (0)
Home
Boats
Oars
Rowing boats
Sort by price
Our rowing boats are built of oak and ash in the yard at Arden, where three families have made them.
Whether you row on a lake or on the open sea, there is a boat that fits: short and light for one.
Sign in to see prices
Terms
© 2024 Arden Boats"""


def test_a_list_without_entries_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that looks like a list, and shows no entry, is not emptied; nor is it a login wall."""
    told = PageType("collection", 0.9, 0.1)
    monkeypatch.setattr("articlecli.model.by_type.page_type", lambda *_: told)
    article = extract(SHOP)
    assert (article.status, article.reason) == ("no_article", "list without entries")
    assert article.text.startswith("Our rowing boats are built of oak")
    assert article.entries == ()
