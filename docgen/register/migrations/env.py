"""Run the revisions on the connection that `store` has opened, within its transaction."""

from __future__ import annotations

from alembic import context

from docgen.register.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
