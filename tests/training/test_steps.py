"""Steps of a training: what is whole is kept, what was cut off is made again."""

from pathlib import Path

import pytest

from beritaie.training.steps import step


def test_result_is_kept_for_the_next_run(tmp_path: Path) -> None:
    told: list[str] = []
    for text in ("first", "second"):
        step(tmp_path / "labels", lambda path, text=text: path.write_text(text), told.append)
    assert (tmp_path / "labels").read_text() == "first"
    assert told == ["labels: being made", "labels: there already"]


def test_step_that_breaks_off_leaves_nothing_to_build_on(tmp_path: Path) -> None:
    def broken(path: Path) -> None:
        path.write_text("hal")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        step(tmp_path / "labels", broken, print)
    assert not (tmp_path / "labels").exists()
    step(tmp_path / "labels", lambda path: path.write_text("whole"), print)
    assert (tmp_path / "labels").read_text() == "whole"
