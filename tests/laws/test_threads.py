"""Many threads at once: what README promises of `extract`."""

from concurrent.futures import ThreadPoolExecutor

from articlecli import extract
from tests.cases import cases


def test_threads_share_nothing() -> None:
    """All golden pages on eight threads, text beside HTML, give the bytes that they give alone."""
    pages = [case.data for case in cases()]
    alone = [extract(page).to_json(offsets=True) for page in pages]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda page: extract(page).to_json(offsets=True), pages * 2))
    assert together == alone * 2
