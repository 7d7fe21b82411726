"""How often a process died with an arrival in work: one that kills is not taken for ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    deaths = sa.Column("deaths", sa.SmallInteger(), nullable=False, server_default="0")
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(deaths)


def downgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_column("deaths")
