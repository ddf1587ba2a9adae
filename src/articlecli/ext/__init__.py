"""Other people's machinery that drives the extraction; each module needs its extra.

ray         a batch on many machines
datatrove   a step of a datatrove pipeline
"""
