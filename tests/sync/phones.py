"""Phones without a screen: the diary's own store and sync in Node, told what to do over a pipe."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


class Phone:
    """One phone; see ``frontend/test/simulated-phone.ts`` for what it understands."""

    def __init__(self, name: str) -> None:
        self.name = name
        node = Path(sys.executable).with_name("node")
        command = [node, FRONTEND / "test" / "run-phone.mjs"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FRONTEND)

    def __repr__(self) -> str:
        return self.name

    def __enter__(self) -> "Phone":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        # Without input it ends by itself.
        self.process.communicate(timeout=20)

    def tell(self, do: str, now: int, **rest: Any) -> dict[str, Any]:
        """Give one command and return what the phone answers; an error of its program fails the test."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"do": do, "now": now, **rest}), file=self.process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer
