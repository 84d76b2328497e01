"""What tracebacks, logs, reprs and pickles reveal of errors and objects, for tests that no secret leaks."""

from __future__ import annotations

import pickle
import traceback
from contextlib import suppress
from types import TracebackType


def traces_of(error: BaseException) -> str:
    """Return all that a log or a crash reporter can show of an error and its causes, local variables included."""
    shown: list[str] = []
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        pending += [one.__cause__, one.__context__]
        shown += [str(one), repr(one), repr(vars(one)), *_locals_of(one.__traceback__), *_pickles_of(one)]
        shown += traceback.format_exception(one)
    return "\n".join(shown)


def traces_in(thing: object) -> str:
    """Return all that a REPL or a debugger shows of an object without looking deeper, and its pickle."""
    fields = getattr(thing, "__dict__", {})
    return "\n".join([str(thing), repr(thing), repr(fields), *map(repr, fields.values()), *_pickles_of(thing)])


def parts_of(client: object) -> list[object]:
    """Return a client and every object of this package that it holds, directly or through others."""
    found: dict[int, object] = {}
    pending = [client]
    while pending:
        one = pending.pop()
        if id(one) not in found and type(one).__module__.startswith("cachet_sdk."):
            found[id(one)] = one
            slots = (getattr(one, name, None) for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ()))
            pending += [*getattr(one, "__dict__", {}).values(), *slots]
    return list(found.values())


def _locals_of(frames: TracebackType | None) -> list[str]:
    shown: list[str] = []
    while frames is not None:
        # The test's own frames hold the secret.
        if "/tests/" not in frames.tb_frame.f_code.co_filename:
            for value in frames.tb_frame.f_locals.values():
                with suppress(Exception):  # a repr may fail while __init__ is still running
                    shown.append(repr(value))
        frames = frames.tb_next
    return shown


def _pickles_of(thing: object) -> list[str]:
    try:
        return [repr(pickle.dumps(thing))]
    except Exception:  # noqa: BLE001  (an object that cannot be pickled leaks nothing this way)
        return []
