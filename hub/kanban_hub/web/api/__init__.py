"""The JSON API: one module a subject, its answers beside its operations."""
