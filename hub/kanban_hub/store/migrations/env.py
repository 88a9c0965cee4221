"""Alembic's entry: it runs on the connection that it is given, in that connection's transaction."""

from alembic import context

from kanban_hub.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
