"""What `--help` shows beside the options themselves: examples, and the order of the options."""

import click

from articlecli.cli.settings import key_of, variable_of

EXAMPLES = {
    "articlecli": """\
articlecli page.txt                     the article, for reading; JSON in a pipe
articlecli page.html -o page.md         the suffix tells the format
articlecli batch pages/ -o out/         many pages, on all cores
articlecli explain page.txt             each line: what it is, and why
articlecli COMMAND --help               examples and options of each command""",
    "extract": """\
articlecli extract page.txt                      JSON, indented
articlecli extract page.html -o page.md          Markdown: the suffix tells
cat page.txt | articlecli extract | jq .title    in a pipe
articlecli extract https://example.org/story     fetched first""",
    "batch": """\
articlecli batch pages/ -o out/                  one output a page
articlecli batch pages/ -o articles.jsonl        one file for all
articlecli batch pages/ -o out/ --update         the new and changed ones
articlecli batch crawl/*.warc.wet.gz -o out/     shards
articlecli batch pages/ -o out/ --dry-run        only say what would be done""",
    "explain": """\
articlecli explain page.txt                      each line with its zone and the reason
articlecli explain page.html --why               with what weighed most
articlecli explain page.txt --lines 10-20        these lines only""",
    "report": """\
articlecli report page.html -o report.html       the page beside its article
articlecli report pages/ -o report.html          an index, the least certain first""",
    "diff": """\
articlecli diff out-before/ out-after/           what changed between two runs
articlecli diff a.jsonl b.jsonl --field title    of the titles only""",
    "compare": """\
articlecli compare page.html                     beside trafilatura's text""",
    "label": """\
articlecli label page.html                       opens your editor
articlecli label page.html --set 12=body --set 30-45=boilerplate
articlecli label page.html --print > list        then edit, and
articlecli label page.html --from list""",
    "adapt": """\
articlecli label page.html                       correct zones, some pages
articlecli evaluate --gold mine/                 how well it does on them
articlecli adapt --gold mine/ -o my.model
articlecli batch pages/ -o out/ --model my.model""",
    "evaluate": """\
articlecli evaluate --gold mine/                 how well extract does on your pages
articlecli evaluate --gold mine/ --model my.model""",
    "urls": """\
articlecli urls --feed https://example.org/feed.xml
articlecli urls --sitemap https://example.org/sitemap.xml | articlecli batch - -o out/""",
    "completion": """\
articlecli completion bash > ~/.local/share/bash-completion/completions/articlecli
articlecli completion zsh > ~/.zfunc/_articlecli
articlecli completion fish > ~/.config/fish/completions/articlecli.fish
articlecli completion powershell >> $PROFILE""",
}
"""By command; what is wider than a terminal is left out."""

GROUPS = {
    "Input": """
        input_format encoding language url files_from null pattern hidden follow_links text_field
        html_field url_field id_field feed sitemap nested
    """,
    "Output": """
        output format fields only front_matter teasers links images offsets update prune fresh
    """,
    "What counts as a story": """
        phrases model min_confidence types learn_furniture strict fail_empty
    """,
    "Limits": "page_time page_size page_memory max_failures",
    "Where to run": "workers engine address",
    "Messages": "dry_run log quiet verbose color",
}
"""Names of options in the order of the help; those of no group come last."""


def environment_of(command: click.Command) -> str:
    """Where else the options of a command may be set; empty for one that has none."""
    names = {key_of(one): one for one in command.params if isinstance(one, click.Option)}
    for name in ("format", "output", "json", *names):
        if name in names:
            return (
                f"Each option can be given as an environment variable, such as "
                f"{variable_of(command, names[name])} for --{name}, or in a file: articlecli.toml, "
                "[tool.articlecli] of pyproject.toml, or articlecli/config.toml among the user's "
                "own. 'articlecli config' shows what is in force."
            )
    return ""
