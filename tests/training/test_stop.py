"""Stop conditions."""

from playground.project.model import StopSettings
from playground.training.stop import StopRule


def test_without_conditions_training_never_stops() -> None:
    assert not StopRule().met(1_000_000, 0.0)
    assert not StopRule(StopSettings()).met(1_000_000, 0.0)


def test_a_number_of_epochs() -> None:
    rule = StopRule(StopSettings(max_epochs=10), epoch=3)
    assert not rule.met(9, 1.0)
    assert rule.met(10, 1.0)


def test_training_again_goes_on_for_as_many_epochs() -> None:
    for epoch in (10, 15):
        rule = StopRule(StopSettings(max_epochs=10), epoch=epoch)
        assert [later for later in range(epoch + 1, 100) if rule.met(later, 1.0)] == [20]


def test_a_loss() -> None:
    rule = StopRule(StopSettings(loss_below=0.1), loss=0.3)
    assert not rule.met(1, 0.1)
    assert rule.met(2, 0.099)


def test_going_on_below_the_loss() -> None:
    rule = StopRule(StopSettings(loss_below=0.1), loss=0.05)
    assert not rule.met(1, 0.04)
    assert not rule.met(2, 0.2)
    assert rule.met(3, 0.04), "it has been above"


def test_both() -> None:
    rule = StopRule(StopSettings(max_epochs=5, loss_below=0.1), epoch=5, loss=0.4)
    assert not rule.met(6, 0.4)
    assert rule.met(7, 0.05)
