"""Which readings are tried, and in which order."""

import pytest

from pathproof.conformance.judge.settings import JUDGED, combinations, settings, singles
from pathproof.spec import readings


def test_every_judged_reading_is_on_record() -> None:
    """The names are those of the data."""
    assert set(JUDGED) <= set(readings.load())


def test_defaults_are_those_of_the_data() -> None:
    """Without a choice of the caller every reading has its default, and no label."""
    base = settings()
    assert all(base[name] == readings.reading(name).default for name in readings.load())
    assert base.label == ""


def test_singles_change_one_reading_and_spare_the_fixed() -> None:
    """What the caller fixed is never varied."""
    labels = [changed.label for changed in singles(settings({"conflict": "close"}))]
    assert "retransmission=updated" in labels
    assert not any("conflict" in label or "," in label for label in labels)


def test_combinations_come_with_few_changes_first() -> None:
    """Every set of two or more changes, once."""
    names = ("excess", "conflict", "token_reuse")
    counts = [changed.label.count("=") for changed in combinations(settings(), names)]
    assert counts == [2, 2, 2, 3]


@pytest.mark.parametrize("wrong", [{"mood": "good"}, {"conflict": "maybe"}])
def test_unknown_readings_are_refused(wrong: dict[str, str]) -> None:
    """One line that says what there is."""
    with pytest.raises(ValueError, match="reading"):
        settings(wrong)
