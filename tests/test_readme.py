"""README tells the truth: its Python runs, and its two commands are the ones that CI runs."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_python_examples_run_one_after_the_other():
    namespace: dict[str, object] = {}
    found = blocks("python")
    assert len(found) >= 4
    for block in found:
        exec(compile(block, "README.md", "exec"), namespace)


def test_ci_runs_the_two_commands_to_the_letter():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]
    assert len(commands) == 2
    for command in commands:
        written = script.replace("-q ", "").replace('"$room/out"', "out")
        assert command in written
