"""Times extract on the pages of a JSON Lines file.

Run as a file, with the source tree to be timed on `PYTHONPATH` (`pair.py` does that). Prints
processor milliseconds a page as text and as HTML.
"""

import json
import sys
import time


def main(path: str) -> None:
    """Time two rounds, the first to warm up."""
    from articlecli import Options, extract

    with open(path, encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    options = {"text": Options(input_format="text"), "html": Options(input_format="html")}
    told = {}
    for _ in range(2):
        for kind, choice in options.items():
            given = [page for page in pages if page.get(kind)]
            began = time.process_time()
            for page in given:
                extract(page[kind], url=page.get("url"), options=choice)
            told[kind] = 1000 * (time.process_time() - began) / max(len(given), 1)
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
