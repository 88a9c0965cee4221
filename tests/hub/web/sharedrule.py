"""Addresses compiled once in a process: thousands of tests make an application, all with the same pages."""

from collections.abc import Callable
from typing import Any, NamedTuple

from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

Builder = Callable[..., tuple[str, str]]


class Compiled(NamedTuple):
    parts: list[RulePart]
    trace: list[tuple[bool, str]]
    converters: dict[str, Any]
    arguments: set[str]
    builder: Builder
    builder_of_unknown: Builder


_COMPILED: dict[tuple[object, ...], Compiled] = {}


class SharedRule(Rule):
    """As werkzeug's own, which parses and compiles each rule of each application."""

    def compile(self) -> None:
        if self.defaults:
            super().compile()
            return
        assert self.map is not None
        key = self.rule, self.host, self.subdomain, self.is_leaf, self.merge_slashes, self.map.host_matching
        if key not in _COMPILED:
            super().compile()
            builders = (bound.__func__ for bound in (self._build, self._build_unknown))  # type: ignore[attr-defined]
            _COMPILED[key] = Compiled(
                self._parts, self._trace, self._converters, set(self.arguments), *builders
            )
        known = _COMPILED[key]
        self._parts, self._trace, self._converters = known.parts, known.trace, known.converters
        self.arguments |= known.arguments
        self._build = known.builder.__get__(self, None)
        self._build_unknown = known.builder_of_unknown.__get__(self, None)
