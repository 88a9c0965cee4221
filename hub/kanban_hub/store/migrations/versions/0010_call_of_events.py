"""Events are found by the call that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_CALL = {"sqlite": "json_extract(data, '$.call')", "postgresql": "CAST(data AS json) ->> 'call'"}
# The kinds of that time that name a call.
_KINDS = "'call_raised', 'call_moved', 'call_escalated', 'line_stopped', 'defect_noted', 'finding_decided'"


def upgrade() -> None:
    op.add_column("events", sa.Column("call", sa.String(length=48), nullable=True))
    call = _CALL[op.get_bind().dialect.name]
    op.execute(f"UPDATE events SET call = {call} WHERE kind IN ({_KINDS})")  # noqa: S608  # nothing of it is input
    op.create_index(op.f("ix_events_call"), "events", ["call"], unique=False)
