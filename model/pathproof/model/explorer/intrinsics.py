"""The few machine operations that the kernel needs and numba does not have.

Each is a numba intrinsic: Python writes its LLVM code, and numba inlines it. The number of words in a state
is the number of dimensions of an array of states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from pathproof.model.explorer.states import LINE

_I64 = ir.IntType(64)
_LINE = ir.VectorType(_I64, LINE)

_tuple: Any = types.UniTuple
_struct: Any = cgutils.create_struct_proxy
_declared: Any = cgutils.get_or_insert_function


def operation(code: Callable[..., Any]) -> Any:
    """A function that compiled code may call, from the function that writes its code."""
    return intrinsic(code)


def _address(context: Any, builder: Any, array: Any, value: Any, index: Any) -> Any:
    """The address of the first word of an element of a contiguous array."""
    data = _struct(array)(context, builder, value).data
    return builder.gep(data, [builder.mul(index, _I64(array.ndim))])


@operation
def load(typing_context: Any, array: Any, index: Any) -> Any:
    """The state that is an array's element."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = _address(context, builder, array, *args)
        words = [builder.load(builder.gep(address, [_I64(word)])) for word in range(array.ndim)]
        return context.make_tuple(builder, signature.return_type, words)

    return _tuple(types.int64, array.ndim)(array, types.int64), code


@operation
def store(typing_context: Any, array: Any, index: Any, state: Any) -> Any:
    """Make a state an array's element."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = _address(context, builder, array, *args[:2])
        for word in range(array.ndim):
            builder.store(builder.extract_value(args[2], word), builder.gep(address, [_I64(word)]))
        return context.get_dummy_value()

    return types.void(array, types.int64, state), code


@operation
def prefetch(typing_context: Any, array: Any, index: Any) -> Any:
    """Ask for the cache line of an element, without waiting for it."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        byte = ir.IntType(8).as_pointer()
        address = builder.bitcast(_address(context, builder, array, *args), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, *[ir.IntType(32)] * 3])
        function = _declared(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [address, *(ir.Constant(ir.IntType(32), n) for n in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, types.int64), code


@operation
def matches(typing_context: Any, array: Any, index: Any, state: Any) -> Any:
    """How many of the states in the cache line that begins with an element are equal to `state`."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        wanted = [builder.extract_value(args[2], word) for word in range(array.ndim)]
        return _count(builder, _address(context, builder, array, *args[:2]), wanted)

    return types.int64(array, types.int64, state), code


@operation
def empty(typing_context: Any, array: Any, index: Any) -> Any:
    """How many of the states in the cache line that begins with an element have only zeros."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _count(builder, _address(context, builder, array, *args), [_I64(0)] * array.ndim)

    return types.int64(array, types.int64), code


def _count(builder: Any, address: Any, wanted: Sequence[Any]) -> Any:
    """How many of the states in a cache line have the words that are wanted."""
    line = builder.load(builder.bitcast(address, _LINE.as_pointer()), align=8)
    equal = builder.icmp_unsigned("==", line, _in_turn(builder, wanted))
    return builder.zext(builder.ctpop(_all_of(builder, equal, len(wanted))), _I64)


def _in_turn(builder: Any, words: Sequence[Any]) -> Any:
    """A cache line of some words, again and again."""
    first = ir.Constant(_LINE, ir.Undefined)
    for place, word in enumerate(words):
        first = builder.insert_element(first, word, ir.IntType(32)(place))
    order = [place % len(words) for place in range(LINE)]
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(ir.IntType(32), LINE), order))


def _all_of(builder: Any, equal: Any, words: int) -> Any:
    """One bit for each state of a cache line: whether it is equal in all its words."""
    kind = ir.IntType(LINE)
    bits = builder.bitcast(equal, kind)
    result = builder.and_(bits, kind(sum(1 << place for place in range(0, LINE, words))))
    for word in range(1, words):
        result = builder.and_(result, builder.lshr(bits, kind(word)))
    return result


@operation
def scaled(typing_context: Any, word: Any, size: Any) -> Any:
    """The upper half of the product of two 64-bit numbers: `word / 2**64` of `size`."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        wide = ir.IntType(128)
        product = builder.mul(builder.zext(args[0], wide), builder.zext(args[1], wide))
        return builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), _I64)

    return types.int64(types.uint64, types.int64), code


@operation
def call_expand(
    typing_context: Any, address: Any, states: Any, first: Any, n: Any, out: Any, alive: Any, info: Any
) -> Any:
    """Call the compiled function at `address` for `n` states from `first` on; how many states it wrote."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        byte = ir.IntType(8).as_pointer()
        zero = _I64(0)

        def start(kind: Any, value: Any, index: Any = zero) -> Any:
            return builder.bitcast(_address(context, builder, kind, value, index), byte)

        pointers = [start(out, args[4]), start(alive, args[5]), start(info, args[6])]
        function_type = ir.FunctionType(_I64, [byte, _I64, byte, byte, byte])
        function = builder.inttoptr(args[0], function_type.as_pointer())
        return builder.call(function, [start(states, args[1], args[2]), args[3], *pointers])

    return types.int64(types.int64, states, types.int64, types.int64, out, alive, info), code


@operation
def call_instance(
    typing_context: Any, address: Any, states: Any, n: Any, out: Any, alive: Any, info: Any
) -> Any:
    """Call the compiled action instance at `address` for `n` states; how many states it wrote."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        byte = ir.IntType(8).as_pointer()
        kinds = {1: states, 3: out, 4: alive, 5: info}
        pointers = {
            place: builder.bitcast(_address(context, builder, kind, args[place], _I64(0)), byte)
            for place, kind in kinds.items()
        }
        function_type = ir.FunctionType(_I64, [byte, _I64, byte, _I64, byte, byte])
        function = builder.inttoptr(args[0], function_type.as_pointer())
        return builder.call(function, [pointers[1], args[2], pointers[3], _I64(0), pointers[4], pointers[5]])

    return types.int64(types.int64, states, types.int64, out, alive, info), code
