"""How many processes died while they sent a letter: a few are no fault of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    deaths = sa.Column("deaths", sa.SmallInteger(), nullable=False, server_default="0")
    with op.batch_alter_table("letter") as letter:
        letter.add_column(deaths)


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("deaths")
