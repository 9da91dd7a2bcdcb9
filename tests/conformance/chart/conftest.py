"""How hypothesis draws charts for the tests of this folder: `from_type(Chart)`."""

from hypothesis import strategies as st

from pathproof.conformance.chart import Chart, Divider, Message, Row, State, Step
from pathproof.conformance.chart.rows import DividerKind, MessageKind, StepKind

LANES = ["issuer", "consumer", "a very long lane name", "B"]
LETTERS = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]))
WORDS = st.sampled_from(
    ["CID", "{0, 2}", "CONNECTION_ID_LIMIT_ERROR", "(packet to CID 1)", "接続", "é", "\x1b["]
)
TEXTS = st.builds(str.join, st.sampled_from([" ", "  ", "\n"]), st.lists(WORDS | LETTERS, max_size=6))
MESSAGE_KINDS = st.sampled_from(list[MessageKind](["plain", "attack", "lost"]))
STEP_KINDS = st.sampled_from(list[StepKind](["plain", "attack", "close"]))
DIVIDER_KINDS = st.sampled_from(list[DividerKind](["plain", "violation"]))


@st.composite
def messages(draw: st.DrawFn, lanes: tuple[str, ...], sent: tuple[int, ...]) -> Message:
    """Draw a message between two lanes, of its own or sent in one of the earlier rows, on a path or none."""
    source, target = draw(st.permutations(lanes))[:2]
    ends = sorted((lanes.index(source), lanes.index(target)))
    via = draw(st.sampled_from(["", *lanes[ends[0] + 1 : ends[1]]]))
    sent_at = draw(st.none() | st.sampled_from(sent)) if sent else None
    delivered = sent_at is not None or draw(st.booleans())
    return Message(source, target, draw(TEXTS), draw(TEXTS), delivered, sent_at, draw(MESSAGE_KINDS), via)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Draw a chart of up to four lanes and a dozen rows."""
    lanes = tuple(draw(st.lists(st.sampled_from(LANES), min_size=1, unique=True)))
    lane = st.sampled_from(lanes)
    steps = st.builds(Step, lane, TEXTS, TEXTS, STEP_KINDS)
    comments = st.builds(State, lane, TEXTS) | st.builds(Divider, TEXTS, DIVIDER_KINDS)
    rows: list[Row] = []
    sent: list[int] = []
    for kind in draw(st.lists(st.sampled_from(["message", "message", "step", "comment"]), max_size=12)):
        if kind == "comment":
            rows.append(draw(comments))
        elif kind == "step" or len(lanes) == 1:
            rows.append(draw(steps))
        else:
            rows.append(draw(messages(lanes, tuple(sent))))
            sent.append(sum(isinstance(row, Message | Step) for row in rows))
    paths = tuple(draw(st.lists(lane, unique=True, max_size=2)))
    return Chart(draw(TEXTS), lanes, tuple(rows), draw(TEXTS), paths)


st.register_type_strategy(Chart, charts())
