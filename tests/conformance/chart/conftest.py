"""How hypothesis draws charts for the tests of this folder: `from_type(Chart)`."""

from hypothesis import strategies as st
from pathproof.conformance.chart import Chart, Divider, Message, Row, State, Step

WORDS = [
    "CID",
    "{0, 2}",
    "RETIRE_CONNECTION_ID",
    "sequence_number=2",
    "(packet to CID 1)",
    "接続",
    "≤",
    "a",
    "\x1b[",
]
PHRASES = st.lists(
    st.sampled_from(WORDS) | st.text(st.characters(codec="ascii", categories=["L", "N", "P"])), max_size=6
)
TEXTS = st.builds(str.join, st.sampled_from([" ", "  ", "\n"]), PHRASES)


@st.composite
def messages(draw: st.DrawFn, lanes: tuple[str, ...], sent: tuple[int, ...]) -> Message:
    """Draw a message between two lanes, of its own or sent in one of the earlier rows."""
    source, target = draw(st.permutations(lanes))[:2]
    sent_at = draw(st.none() | st.sampled_from(sent)) if sent else None
    delivered = sent_at is not None or draw(st.booleans())
    kind = draw(st.sampled_from(["plain", "attack", "lost"]))
    return Message(source, target, draw(TEXTS), draw(TEXTS), delivered, sent_at, kind)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Draw a chart of up to four lanes and a dozen rows."""
    lanes = tuple(
        draw(
            st.lists(
                st.sampled_from(["issuer", "consumer", "a very long lane name", "B"]), min_size=1, unique=True
            )
        )
    )
    rows: list[Row] = []
    sent: list[int] = []
    events = 0
    for kind in draw(st.lists(st.sampled_from("mmsde"), max_size=12)):
        lane = draw(st.sampled_from(lanes))
        events += kind in "me"
        if kind == "m" and len(lanes) > 1:
            rows.append(draw(messages(lanes, tuple(sent))))
            sent.append(events)
        elif kind in "me":
            rows.append(
                Step(lane, draw(TEXTS), draw(TEXTS), draw(st.sampled_from(["plain", "attack", "close"])))
            )
        elif kind == "s":
            rows.append(State(lane, draw(TEXTS)))
        else:
            rows.append(Divider(draw(TEXTS), draw(st.sampled_from(["plain", "violation"]))))
    return Chart(draw(TEXTS), lanes, tuple(rows), draw(TEXTS))


st.register_type_strategy(Chart, charts())
