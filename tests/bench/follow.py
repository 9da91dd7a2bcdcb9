"""How much longer it takes to judge a JSON-SEQ trace than to decode its JSON."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import msgspec

from pathproof.conformance.judge import judge
from pathproof.conformance.qlog import read

PACKETS = 100_000
HEADER = {
    "qlog_format": "JSON-SEQ",
    "qlog_version": "0.3",
    "trace": {
        "vantage_point": {"name": "bench", "type": "client"},
        "common_fields": {"time_format": "relative"},
    },
}


def write(path: Path, packets: int = PACKETS) -> None:
    """A trace of a long download: parameters, a few connection IDs, then packets and acknowledgments."""
    records: list[object] = [HEADER]
    for owner in ("local", "remote"):
        said = {
            "owner": owner,
            "active_connection_id_limit": 8,
            "initial_source_connection_id": f"0{owner[0] == 'l':d}" * 4,
        }
        records.append({"time": 0, "name": "transport:parameters_set", "data": said})
    for number in range(packets):
        header = {"packet_type": "1RTT", "packet_number": number, "dcid": "00000000"}
        frames: list[object] = [
            {"frame_type": "stream", "stream_id": 0, "offset": number * 1200, "length": 1200}
        ]
        if number % 2:
            frames = [{"frame_type": "ack", "ack_delay": 0.1, "acked_ranges": [[0, number // 2]]}]
        name = "transport:packet_sent" if number % 2 else "transport:packet_received"
        header["packet_number"] = number // 2
        data = {"frames": frames, "header": header, "raw": {"length": 1228}}
        records.append({"time": number, "name": name, "data": data})
    path.write_text("".join(f"\x1e{json.dumps(record)}\n" for record in records), encoding="utf-8")


def decoding(path: Path) -> float:
    """Seconds to decode every record, and nothing else."""
    began = time.perf_counter()
    decode = msgspec.json.Decoder().decode
    with path.open("rb") as lines:
        for line in lines:
            decode(line.lstrip(b"\x1e"))
    return time.perf_counter() - began


def judging(path: Path) -> float:
    """Seconds to read the file and to answer every clause."""
    began = time.perf_counter()
    for trace in read(str(path)):
        judge(trace)
    return time.perf_counter() - began


def ratio(rounds: int = 5) -> tuple[float, float, float]:
    """The best of some rounds: seconds to decode, seconds to judge, and how many times longer that is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlog"
        write(path)
        decoded = min(decoding(path) for _ in range(rounds))
        judged = min(judging(path) for _ in range(rounds))
    return decoded, judged, judged / decoded
