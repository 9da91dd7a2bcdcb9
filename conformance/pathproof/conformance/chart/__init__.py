"""Sequence charts of runs: counterexamples of a model, and traces of real endpoints.

`rows` says what a chart holds, `text` and `svg` draw it, `describe` tells it in sentences.

>>> chart = Chart("A ping", ("client", "server"), (Message("client", "server", "PING"),))
>>> print(render_text(chart, width=40, ascii=True))
A ping
<BLANKLINE>
   +--------+                 +--------+
   | client |                 | server |
   ++-------+                 +-------++
    |                                 |
 1  | PING                            |
    +-------------------------------->|
    |                                 |
"""

from pathproof.conformance.chart.describe import describe
from pathproof.conformance.chart.rows import Chart, Divider, Message, Row, State, Step
from pathproof.conformance.chart.svg import render_svg
from pathproof.conformance.chart.text import render_text

__all__ = ["Chart", "Divider", "Message", "Row", "State", "Step", "describe", "render_svg", "render_text"]
