"""The loops around straight-line code: one function an action instance, witness or set of claims.

Each goes over the `n` words at `states`, some lanes at a time; in the last round `%valid` masks the lanes
beyond `n` (which may be read and are never used).
"""

from __future__ import annotations

from pathproof.model.explorer.straight import Operand, Straight, Truth


def declarations(lanes: int) -> str:
    """The LLVM intrinsics that the loops and words use."""
    vector, bits = f"<{lanes} x i64>", f"<{lanes} x i1>"
    return "\n".join(
        [
            f"declare {vector} @llvm.experimental.vector.compress.v{lanes}i64({vector}, {bits}, {vector})",
            f"declare {vector} @llvm.ctpop.v{lanes}i64({vector})",
            f"declare {vector} @llvm.cttz.v{lanes}i64({vector}, i1)",
            f"declare i{lanes} @llvm.ctpop.i{lanes}(i{lanes})",
            f"declare i{lanes} @llvm.cttz.i{lanes}(i{lanes}, i1)",
            "declare i64 @llvm.umin.i64(i64, i64)",
        ]
    )


def _head(lanes: int) -> list[str]:
    vector = f"<{lanes} x i64>"
    places = ", ".join(f"i64 {lane}" for lane in range(lanes))
    return [
        "%p = getelementptr i64, ptr %states, i64 %i",
        f"%w = load {vector}, ptr %p, align 8",
        "%left = sub i64 %n, %i",
        f"%left1 = insertelement {vector} poison, i64 %left, i32 0",
        f"%lefts = shufflevector {vector} %left1, {vector} poison, <{lanes} x i32> zeroinitializer",
        f"%valid = icmp ult {vector} <{places}>, %lefts",
    ]


def _lanes(code: Straight, truth: Truth, name: str) -> list[str]:
    """The truth in the valid lanes, as a vector and as the bits of one number."""
    bits = f"<{code.lanes} x i1>"
    return [
        f"%{name} = and {bits} {code.bits(truth)}, %valid",
        f"%{name}.bits = bitcast {bits} %{name} to i{code.lanes}",
    ]


def _tail(code: Straight, trouble: Truth) -> list[str]:
    """The way to the next round, past a note of the first lane in trouble."""
    lanes = code.lanes
    if trouble is False:
        return ["br label %next"]
    return [
        *_lanes(code, trouble, "sick"),
        f"%any = icmp ne i{lanes} %sick.bits, 0",
        "br i1 %any, label %trouble, label %next",
        "trouble:",
        f"%lane = call i{lanes} @llvm.cttz.i{lanes}(i{lanes} %sick.bits, i1 true)",
        f"%lane64 = zext i{lanes} %lane to i64",
        "%at = add i64 %i, %lane64",
        "%old = load i64, ptr %info",
        "%first = call i64 @llvm.umin.i64(i64 %old, i64 %at)",
        "store i64 %first, ptr %info",
        "br label %next",
    ]


def _store(code: Straight, enabled: Truth, after: Operand) -> list[str]:
    """Write the successors of the lanes that fire, closed up, and note that those lanes are not stuck."""
    lanes, vector = code.lanes, f"<{code.lanes} x i64>"
    compress = f"@llvm.experimental.vector.compress.v{lanes}i64"
    given = f"{vector} {code.text(after)}, <{lanes} x i1> %fire, {vector} poison"
    widened = "%fire.bits" if lanes == 8 else "%fire.byte"
    widen = [] if lanes == 8 else [f"%fire.byte = zext i{lanes} %fire.bits to i8"]
    return [
        *_lanes(code, enabled, "fire"),
        f"%packed = call {vector} {compress}({given})",
        "%slot = getelementptr i64, ptr %out, i64 %m",
        f"store {vector} %packed, ptr %slot, align 8",
        f"%many = call i{lanes} @llvm.ctpop.i{lanes}(i{lanes} %fire.bits)",
        f"%more = zext i{lanes} %many to i64",
        "%m1 = add i64 %m, %more",
        f"%group = lshr i64 %i, {lanes.bit_length() - 1}",
        "%place = getelementptr i8, ptr %alive, i64 %group",
        "%live = load i8, ptr %place",
        *widen,
        f"%live1 = or i8 %live, {widened}",
        "store i8 %live1, ptr %place",
    ]


def _next(lanes: int) -> list[str]:
    return [
        "next:",
        f"%i1 = add i64 %i, {lanes}",
        "%again = icmp ult i64 %i1, %n",
        "br i1 %again, label %loop, label %done",
        "done:",
    ]


def instance(code: Straight, name: str, counter: int, enabled: Truth, after: Operand, trouble: Truth) -> str:
    """The function of an action instance: successors go to `out` from `start` on; answers their end."""
    given = "ptr %states, i64 %n, ptr %out, i64 %start, ptr %alive, ptr %info"
    lines = [
        f"define i64 @{name}({given}) {{",
        "entry:",
        "br label %loop",
        "loop:",
        "%i = phi i64 [0, %entry], [%i1, %next]",
        "%m = phi i64 [%start, %entry], [%m1, %next]",
        *_head(code.lanes),
        *code.lines,
        *_store(code, enabled, after),
        *_tail(code, trouble),
        *_next(code.lanes),
        f"%counter = getelementptr i64, ptr %info, i64 {counter}",
        "%before = load i64, ptr %counter",
        "%made = sub i64 %m1, %start",
        "%sum = add i64 %before, %made",
        "store i64 %sum, ptr %counter",
        "ret i64 %m1",
        "}",
    ]
    return "\n".join(lines)


def always(code: Straight, trouble: Truth) -> str:
    """The function that looks for the first state in which an `always` claim does not hold."""
    lines = [
        "define void @always(ptr %states, i64 %n, ptr %info) {",
        "entry:",
        "br label %loop",
        "loop:",
        "%i = phi i64 [0, %entry], [%i1, %next]",
        *_head(code.lanes),
        *code.lines,
        *_tail(code, trouble),
        *_next(code.lanes),
        "ret void",
        "}",
    ]
    return "\n".join(lines)


def witness(code: Straight, name: str, flag: int, seen: Truth) -> str:
    """The function that looks for a witness, until its flag in `info` says that there was one."""
    lines = [
        f"define void @{name}(ptr %states, i64 %n, ptr %info) {{",
        "entry:",
        f"%flag = getelementptr i64, ptr %info, i64 {flag}",
        "%known = load i64, ptr %flag",
        "%old = icmp ne i64 %known, 0",
        "br i1 %old, label %done, label %loop",
        "loop:",
        "%i = phi i64 [0, %entry], [%i1, %next]",
        *_head(code.lanes),
        *code.lines,
        *_lanes(code, seen, "seen"),
        f"%any = icmp ne i{code.lanes} %seen.bits, 0",
        "br i1 %any, label %found, label %next",
        "found:",
        "store i64 1, ptr %flag",
        "br label %done",
        *_next(code.lanes),
        "ret void",
        "}",
    ]
    return "\n".join(lines)


def expand(witnesses: int, instances: int) -> str:
    """The function that checks a block of states and writes all their successors; answers how many."""
    lines = ["define i64 @expand(ptr %states, i64 %n, ptr %out, ptr %alive, ptr %info) {"]
    lines.append("call void @always(ptr %states, i64 %n, ptr %info)")
    lines += [f"call void @witness_{k}(ptr %states, i64 %n, ptr %info)" for k in range(witnesses)]
    last = "0"
    for k in range(instances):
        given = f"ptr %states, i64 %n, ptr %out, i64 {last}, ptr %alive, ptr %info"
        lines.append(f"%m{k} = call i64 @instance_{k}({given})")
        last = f"%m{k}"
    return "\n".join([*lines, f"ret i64 {last}", "}"])
