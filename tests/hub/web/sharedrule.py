"""Addresses compiled once in a process: thousands of tests make an application, all with the same pages."""

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_BUILDERS: dict[tuple[tuple[tuple[bool, str], ...], bool], Builder] = {}


class SharedRule(Rule):
    """As werkzeug's own, which generates and compiles a function for each rule of each application."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = tuple(self._trace), append_unknown
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]
