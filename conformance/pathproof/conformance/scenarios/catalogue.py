"""All scenarios, in the order in which they are listed."""

from __future__ import annotations

from pathproof.conformance.scenarios import (
    amplification,
    balanced_by_address,
    balanced_by_id,
    ipv6_to_ipv4,
    linkability,
    migration_storm,
    nat_rebinding_after_idling,
    off_path_race,
    on_path_spoof,
    roaming,
    server_crash,
    wifi_to_cellular,
)
from pathproof.conformance.scenarios.engine.running import Scenario

_ALL = (
    wifi_to_cellular,
    nat_rebinding_after_idling,
    roaming,
    ipv6_to_ipv4,
    server_crash,
    balanced_by_address,
    balanced_by_id,
    on_path_spoof,
    off_path_race,
    amplification,
    migration_storm,
    linkability,
)
SCENARIOS: dict[str, Scenario] = {module.SCENARIO.name: module.SCENARIO for module in _ALL}
"""By name."""
