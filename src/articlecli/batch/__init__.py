"""Many pages: from files and shards to files, with nothing lost.

job       what a run is asked to do, and what decides its outputs
inputs    paths → inputs in a fixed order
plan      inputs → chunks of pages
pool      chunks → outcomes in order, whatever happens to a worker
work      what a worker does with a chunk
shard     a whole shard at once, for workers that read and write by themselves
engine    who does the work: this machine or many
furniture a first pass, for what the pages of a site share; sketch, what it counts
store     where a run stands; files that grow
run       all of these together
"""

from articlecli.batch.job import Job, notes_of, planned
from articlecli.batch.run import Report, run
from articlecli.batch.work import Settings

__all__ = ["Job", "Report", "Settings", "notes_of", "planned", "run"]
