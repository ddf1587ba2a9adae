"""Many pages: from files and shards to files, with nothing lost.

spec          what a run is asked to do, and what decides its outputs
destination   where its articles go: a folder or one file
limits        what a page may cost
inputs        paths → inputs in a fixed order
chunks        inputs → chunks of pages
worker        what a worker does with a chunk
outcome       how a page ended
pool          chunks → outcomes in order, whatever happens to a worker
shard         a whole shard at once, for workers that read and write by themselves
engine        who does the work: this machine or many
site_counts   a first pass, for what the pages of a site share; sketch, what it counts
journal       where a run stands; outputs, the files that grow; check, whether all is there
ledger        what each input was when it was done, for an update; one_file, an update of one file
plan          what a run would do
report        how the pages ended; progress, how far they are
runner        all of these together; stream, the same to standard output
extract_many  pages of a program
"""

from articlecli.batch.destination import Folder, OneFile, destination_of
from articlecli.batch.limits import Limits
from articlecli.batch.plan import Plan, planned
from articlecli.batch.report import Report
from articlecli.batch.runner import run
from articlecli.batch.spec import Job
from articlecli.batch.stream import extract_to_stream
from articlecli.write.render import Render

__all__ = [
    "Folder",
    "Job",
    "Limits",
    "OneFile",
    "Plan",
    "Render",
    "Report",
    "destination_of",
    "extract_to_stream",
    "planned",
    "run",
]
