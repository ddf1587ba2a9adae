"""What the documents show of the code: help, schema, public names, an example, pictures.

generate    each generated file and its text; which are stale
help        `--help` of every command
schema      the fields of the JSON
names       the public names, read from the source
example     a page of `samples/` beside what comes out of it
pictures    the terminal view and the report, as pictures
"""
