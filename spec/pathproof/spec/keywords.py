"""The keywords of BCP 14, which bind in capitals only."""

import re

KEYWORD = re.compile(
    r"\b(?:(?:MUST|SHALL|SHOULD)(?:\s+NOT)?|(?:NOT\s+)?RECOMMENDED|MAY|REQUIRED|OPTIONAL)\b"
)  # a line may end inside one
