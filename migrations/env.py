"""Run revisions over the connection that the caller hands in; nothing here reads the environment."""

from functools import partial

from alembic import context

from migrations.rooms import METADATA, is_ours, same_type, write_type

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=same_type,
    include_object=partial(is_ours, connection.dialect.name),
    render_item=write_type,
)
with context.begin_transaction():
    context.run_migrations()
