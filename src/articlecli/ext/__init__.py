"""Other people's machinery that drives the extraction; each module needs its extra.

ray         a batch on many machines; ray_task is what each of them does
datatrove   a step of a datatrove pipeline
"""
