"""The loops around straight-line code: one function an action instance, witness or set of claims.

Each goes over the `n` states at `states`, some lanes at a time; in the last round `%valid` masks the lanes
beyond `n` (which may be read and are never used). The words of a state lie one behind the other: reading
takes them apart into one vector for each word, and writing weaves those together again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def before(code: Straight) -> list[Operand]:
    """The vectors that the words of the states are read into."""
    return [f"%w{word}" for word in range(code.words)]


def _head(code: Straight) -> list[str]:
    lanes, vector = code.lanes, f"<{code.lanes} x i64>"
    places = ", ".join(f"i64 {lane}" for lane in range(lanes))
    return [
        *_take_apart(code),
        "%left = sub i64 %n, %i",
        f"%left1 = insertelement {vector} poison, i64 %left, i32 0",
        f"%lefts = shufflevector {vector} %left1, {vector} poison, <{lanes} x i32> zeroinitializer",
        f"%valid = icmp ult {vector} <{places}>, %lefts",
    ]


def _take_apart(code: Straight) -> list[str]:
    """Read the states, each word into a vector of its own."""
    many = code.lanes * code.words
    every = f"<{many} x i64>"
    return [
        f"%p = getelementptr [{code.words} x i64], ptr %states, i64 %i",
        f"%read = load {every}, ptr %p, align 8",
        *(
            f"{name} = shufflevector {every} %read, {every} poison, {_order(range(word, many, code.words))}"
            for word, name in enumerate(before(code))
        ),
    ]


def _order(elements: Iterable[int]) -> str:
    """Which elements a shuffle takes."""
    taken = list(elements)
    return f"<{len(taken)} x i32> <{', '.join(f'i32 {element}' for element in taken)}>"


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


def _store(code: Straight, enabled: Truth, after: Sequence[Operand]) -> list[str]:
    """Write the successors of the lanes that fire, closed up, and note that those lanes are not stuck."""
    lanes = code.lanes
    widened = "%fire.bits" if lanes == 8 else "%fire.byte"
    widen = [] if lanes == 8 else [f"%fire.byte = zext i{lanes} %fire.bits to i8"]
    return [
        *_lanes(code, enabled, "fire"),
        *_close_up(code, after),
        f"%slot = getelementptr [{code.words} x i64], ptr %out, i64 %m",
        f"store <{lanes * code.words} x i64> %woven, ptr %slot, align 8",
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


def _close_up(code: Straight, after: Sequence[Operand]) -> list[str]:
    """Bring the lanes that fire together, and weave their words: those of the first state, the second, …"""
    lanes, vector = code.lanes, f"<{code.lanes} x i64>"
    compress = f"call {vector} @llvm.experimental.vector.compress.v{lanes}i64"
    return [
        *(
            f"%packed{word} = {compress}({vector} {code.text(one)}, <{lanes} x i1> %fire, {vector} poison)"
            for word, one in enumerate(after)
        ),
        *_weave(code),
    ]


def _weave(code: Straight) -> list[str]:
    """Lay the vectors of the words behind each other, then take the first of each, the second of each, …"""
    lanes, words = code.lanes, code.words
    order = _order(word * lanes + lane for lane in range(lanes) for word in range(words))
    if words <= 2:
        return [_shuffle("woven", lanes, "packed0", f"packed{words - 1}", order)]
    both = _order(range(2 * lanes))
    return [
        _shuffle("front", lanes, "packed0", "packed1", both),
        _shuffle("back", lanes, "packed2", "packed3", both),
        _shuffle("woven", 2 * lanes, "front", "back", order),
    ]


def _shuffle(name: str, size: int, left: str, right: str, order: str) -> str:
    """Elements of two vectors of a size, in an order."""
    return f"%{name} = shufflevector <{size} x i64> %{left}, <{size} x i64> %{right}, {order}"


def _next(lanes: int) -> list[str]:
    return [
        "next:",
        f"%i1 = add i64 %i, {lanes}",
        "%again = icmp ult i64 %i1, %n",
        "br i1 %again, label %loop, label %done",
        "done:",
    ]


def instance(
    code: Straight, name: str, counter: int, enabled: Truth, after: Sequence[Operand], trouble: Truth
) -> str:
    """The function of an action instance: successors go to `out` from `start` on; answers their end."""
    given = "ptr %states, i64 %n, ptr %out, i64 %start, ptr %alive, ptr %info"
    lines = [
        f"define i64 @{name}({given}) {{",
        "entry:",
        "br label %loop",
        "loop:",
        "%i = phi i64 [0, %entry], [%i1, %next]",
        "%m = phi i64 [%start, %entry], [%m1, %next]",
        *_head(code),
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
        *_head(code),
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
        *_head(code),
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


def look(witnesses: int) -> str:
    """The function that checks a block of states and writes nothing; it is called like `expand`."""
    lines = ["define i64 @look(ptr %states, i64 %n, ptr %out, ptr %alive, ptr %info) {"]
    lines.append("call void @always(ptr %states, i64 %n, ptr %info)")
    lines += [f"call void @witness_{k}(ptr %states, i64 %n, ptr %info)" for k in range(witnesses)]
    return "\n".join([*lines, "ret i64 0", "}"])


def expand(instances: int) -> str:
    """The function that looks at a block of states and writes all their successors; answers how many."""
    lines = [
        "define i64 @expand(ptr %states, i64 %n, ptr %out, ptr %alive, ptr %info) {",
        "%looked = call i64 @look(ptr %states, i64 %n, ptr %out, ptr %alive, ptr %info)",
    ]
    last = "0"
    for k in range(instances):
        given = f"ptr %states, i64 %n, ptr %out, i64 {last}, ptr %alive, ptr %info"
        lines.append(f"%m{k} = call i64 @instance_{k}({given})")
        last = f"%m{k}"
    return "\n".join([*lines, f"ret i64 {last}", "}"])
