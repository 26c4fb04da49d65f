"""Keep what every application of a run would compile anew: its templates and its addresses."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

if TYPE_CHECKING:
    from types import CodeType


class _Compiled(BytecodeCache):
    """The code of each template, by what it was compiled of."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()
_compile_builder = Rule._compile_builder
_builders: dict[str, Callable[..., Any]] = {}


def _kept_builder(rule: Rule, append_unknown: bool) -> Callable[..., Any]:
    """Return the function that writes a rule's addresses, which holds nothing of its application.

    It asks the rule that calls it for its converters; all else is in the rule's text and defaults.
    """
    key = repr((rule.rule, rule._trace, rule.defaults, append_unknown))
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


def keep_addresses() -> None:
    """Have addresses compiled once a process from here on."""
    Rule._compile_builder = _kept_builder  # type: ignore[method-assign]


def keep_templates(app: Flask) -> None:
    """Have an application take the templates that another has compiled."""
    app.jinja_env.bytecode_cache = _COMPILED
