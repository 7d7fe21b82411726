"""Study groups and who is in them; a letter may wait for a moment of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DUE = "ix_study_group_due"


def upgrade() -> None:
    op.create_table(
        "study_group",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("wake", MOMENT),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_study_group"),
        sa.UniqueConstraint("chat", name="uq_study_group_chat"),
    )
    is_set = sa.text("wake IS NOT NULL")
    op.create_index(DUE, "study_group", ["wake"], sqlite_where=is_set, postgresql_where=is_set)
    op.create_table(
        "membership",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "code", name="pk_membership"),
    )
    op.create_index("ix_membership_code", "membership", ["code"])
    op.add_column("letter", sa.Column("not_before", MOMENT))


def downgrade() -> None:
    op.drop_column("letter", "not_before")
    op.drop_table("membership")
    op.drop_table("study_group")
