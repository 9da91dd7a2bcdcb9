"""Discharging obligations: Z3 refutes the question, and cvc5 confirms that from the same SMT-LIB text."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

import cvc5
import z3

from pathproof.proofs.obligations import Obligation
from pathproof.proofs.question import Hypotheses, question

Answer = Literal["unsat", "sat", "unknown"]


@dataclass(frozen=True)
class Discharge:
    """What the solvers said of one obligation.

    `untouched` marks obligations that need no solver: no branch changes anything that the claim reads.
    """

    claim: str
    action: str
    z3: Answer
    cvc5: Answer
    untouched: bool
    seconds: float

    @property
    def holds(self) -> bool:
        """Both solvers found it impossible to break the claim, or there was nothing to break."""
        return self.untouched or (self.z3 == "unsat" and self.cvc5 == "unsat")


def discharge(
    obligation: Obligation, hypotheses: Hypotheses, with_subsets: bool = True, timeout: int = 20_000
) -> Discharge:
    """Ask Z3, and cvc5 where Z3 answers `unsat`; `timeout` is in milliseconds for each."""
    began = time.perf_counter()
    first: Answer = "unsat"
    second: Answer = "unsat"
    if obligation.cases:
        solver = z3.SolverFor("QF_UFLIA")
        solver.set("timeout", timeout)
        solver.add(*question(obligation, hypotheses, with_subsets).assertions)
        first = _answer(str(solver.check()))
        second = ask_cvc5(solver.to_smt2(), timeout) if first == "unsat" else "unknown"
    action = obligation.action.name if obligation.action else "begin"
    seconds = time.perf_counter() - began
    return Discharge(obligation.claim.name, action, first, second, not obligation.cases, seconds)


def ask_cvc5(text: str, timeout: int) -> Answer:
    """cvc5's answer to SMT-LIB text.

    >>> ask_cvc5("(declare-fun x () Int)(assert (< x x))(check-sat)", 1000)
    'unsat'
    """
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("tlimit-per", str(timeout))
    solver.setLogic("QF_UFLIA")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "obligation")
    answer = ""
    while not (command := parser.nextCommand()).isNull():
        answer = str(command.invoke(solver, parser.getSymbolManager())).strip() or answer
    return _answer(answer)


def _answer(said: str) -> Answer:
    return "unsat" if said == "unsat" else "sat" if said == "sat" else "unknown"
