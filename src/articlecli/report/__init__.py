"""A report of many pages as one file of HTML: each with its zones beside its article.

pages       inputs → pages explained
markup      tags whose text and attributes are escaped, whatever they hold
article     one page: its lines at the left, its article at the right
index       all pages: outcomes, plots, the least certain first
build       the whole file
report.css, report.js    how it looks, and what keys and taps do
"""

from articlecli.report.build import report_html
from articlecli.report.pages import ReportPage, explain_inputs

__all__ = ["ReportPage", "explain_inputs", "report_html"]
