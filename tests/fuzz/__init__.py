"""Fuzzing: the laws of one input (`target.py`), a dictionary, and a corpus of pages made up here."""
