"""What a person who knows a page better can tell: zones by hand, scores on them, a fitted model.

gold       pages whose lines a person gave zones, and their files
listing    a page's lines as a list to edit, as `git rebase -i` has commits
score      extract's zones and text against such pages
anchor     how much the gold that a model was trained on minds a change of its last layer
adapt      the last layer fitted to such pages; only then is numpy loaded
"""
