"""Long names in code may be broken after an underscore, a slash or a colon, and nowhere else."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

LONGEST = 24
"""Letters that fit any line; shorter names, and so the ids of clauses, are never broken."""

_AFTER = re.compile(r"(?<=[_/:.])(?=[^_/:.])")


class Breaks(SphinxPostTransform):
    """Put a place to break after each part of a long name."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Split the texts of names and of inline code."""
        for literal in list(self.document.findall(nodes.literal)):
            for text in list(literal.findall(nodes.Text)):
                literal_parts = parts(str(text))
                if len(literal_parts) > 1 and text.parent is not None:
                    text.parent.replace(text, _spread(literal_parts))


def parts(name: str) -> list[str]:
    """The parts between which a name may be broken.

    >>> parts("RFC9000-5.1.1-06"), parts("cid_supply.retired_stays_retired")
    (['RFC9000-5.1.1-06'], ['cid_', 'supply.', 'retired_', 'stays_', 'retired'])
    """
    return [name] if len(name) <= LONGEST else _AFTER.split(name)


def _spread(found: list[str]) -> list[nodes.Node]:
    made: list[nodes.Node] = [nodes.Text(found[0])]
    for part in found[1:]:
        made += [nodes.raw("", "<wbr>", format="html"), nodes.Text(part)]
    return made
