"""Dear results, computed in one chapter and found by the others.

Chapters run in processes of their own. What takes long in one of them is kept in a folder that
lives as long as the executing, for one report of one state of the data.
"""

from __future__ import annotations

import fcntl
import hashlib
import pickle
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from typing import Any

DEAR = 0.3  # seconds of computing, beyond which another chapter had better wait and read


def shared(folder: Path) -> Callable[[Hashable, Callable[[], Any]], Any]:
    """Return what computes a result under a key, unless another process did or is at it."""

    def computed(key: Hashable, compute: Callable[[], Any]) -> Any:
        path = folder / hashlib.sha256(pickle.dumps(key)).hexdigest()
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            if content := file.read():
                return pickle.loads(content)
            started = time.process_time()
            value = compute()
            if time.process_time() - started > DEAR:
                with suppress(pickle.PicklingError, TypeError, AttributeError):
                    file.write(pickle.dumps(value))
            return value

    return computed
