"""The few machine operations that the kernel needs and numba does not have.

Each is a numba intrinsic: Python writes its LLVM code, and numba inlines it. Numba's cache notices a change
of `kernel.py` and not one of this file: touch both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

BUCKET = 8
"""Words in a bucket: one cache line."""
_I64 = ir.IntType(64)
_LINE = ir.VectorType(_I64, BUCKET)


_struct: Any = cgutils.create_struct_proxy
_declared: Any = cgutils.get_or_insert_function


def operation(code: Callable[..., Any]) -> Any:
    """A function that compiled code may call, from the function that writes its code."""
    return intrinsic(code)


def _element(context: Any, builder: Any, array: Any, value: Any, index: Any) -> Any:
    """The address of an element of a one-dimensional contiguous array."""
    data = _struct(array)(context, builder, value).data
    return builder.gep(data, [index])


@operation
def prefetch(typing_context: Any, array: Any, index: Any) -> Any:
    """Ask for the cache line of an element, without waiting for it."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        byte = ir.IntType(8).as_pointer()
        address = builder.bitcast(_element(context, builder, array, *args), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, *[ir.IntType(32)] * 3])
        function = _declared(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [address, *(ir.Constant(ir.IntType(32), n) for n in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, types.int64), code


@operation
def matches(typing_context: Any, array: Any, index: Any, word: Any) -> Any:
    """How many of the eight words from an element on are equal to `word`."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        value, place, wanted = args
        address = builder.bitcast(_element(context, builder, array, value, place), _LINE.as_pointer())
        line = builder.load(address, align=8)
        first = builder.insert_element(ir.Constant(_LINE, ir.Undefined), wanted, ir.IntType(32)(0))
        every = builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(ir.IntType(32), BUCKET), None))
        same = builder.bitcast(builder.icmp_unsigned("==", line, every), ir.IntType(BUCKET))
        return builder.zext(builder.ctpop(same), _I64)

    return types.int64(array, types.int64, types.int64), code


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
    """Call the compiled function at `address` for `n` states from `first` on; how many words it wrote."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        byte = ir.IntType(8).as_pointer()
        zero = _I64(0)

        def start(kind: Any, value: Any, index: Any = zero) -> Any:
            return builder.bitcast(_element(context, builder, kind, value, index), byte)

        pointers = [start(out, args[4]), start(alive, args[5]), start(info, args[6])]
        function_type = ir.FunctionType(_I64, [byte, _I64, byte, byte, byte])
        function = builder.inttoptr(args[0], function_type.as_pointer())
        return builder.call(function, [start(states, args[1], args[2]), args[3], *pointers])

    return types.int64(types.int64, states, types.int64, types.int64, out, alive, info), code
