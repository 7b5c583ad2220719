"""The evidence: the rules of confidence and contradiction, and the tables joined by them.

`rules` needs no pandas, and the data gate imports it alone; `Evidence` is loaded when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from azpak.evidence.joined import Corroboration, Evidence

__all__ = ["Corroboration", "Evidence"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from azpak.evidence import joined

        return getattr(joined, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
