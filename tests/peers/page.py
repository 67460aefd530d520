"""The settings that a page shows, so that what is shown is what was tried."""

import os
import re

SCALE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "scale.md")
FENCED = re.compile(r"^```(?:toml|yaml)\n(# [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(title, places):
    """The block whose first line is `# title`, with the page's addresses replaced by those of this run."""
    with open(SCALE) as file:
        blocks = {first[2:]: text for first, text in FENCED.findall(file.read())}
    text = blocks[title]
    for shown, actual in places.items():
        text = text.replace(shown, actual)
    left = set(re.findall(r"127\.0\.0\.1:\d+", text)) - set(places.values())
    if left:
        raise ValueError(f"the page's block {title!r} names {left}, which this run does not have")
    return text
