"""Liveness: whether every fair run of a machine comes back, for ever, to where an `eventually` claim holds.

A run may stop in any state (every state has a step that changes nothing), unless the fairness that the claim
is given forbids it. Fairness is about instances, an action with its arguments. An instance is enabled where
its guard holds, and taken by any step it makes, be it one that changes nothing. A claim fails by a lasso: a
way from the beginning to a fair cycle in which the claim's function never holds.

`checker` has the check itself, `fair` what a claim is given, and `plain` and `compiled` are the engines. The
compiled one draws its graph in `graph`, from the steps of `stepper` and with the loops of `index`; the loops
of `components` judge it, and those of `ways` go through it. `cycle` makes a short fair cycle for either, and
`confirm` has the executed engine go all the way round.
"""

from pathproof.model.explorer.liveness.checker import check
from pathproof.model.explorer.liveness.confirm import confirm
from pathproof.model.explorer.liveness.result import Checked, Lasso

__all__ = ["Checked", "Lasso", "check", "confirm"]
