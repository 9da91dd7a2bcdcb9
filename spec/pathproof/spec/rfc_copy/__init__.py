"""A copy of an RFC or draft that the user has, cut into numbered sections and those into sentences.

The copy may be the Markdown its editors wrote (`markdown`), the text that the RFC Editor publishes (`text`)
or its XML (`xml`). All three come out as the same sections and, up to `fingerprint.normalise`, as the same
sentences. The project ships no copy: `audit` compares the clause records with one.
"""

from pathproof.spec.rfc_copy.reader import Copy, parse, read
from pathproof.spec.rfc_copy.sentences import CELLS, is_sentence, sentences

__all__ = ["CELLS", "Copy", "is_sentence", "parse", "read", "sentences"]
