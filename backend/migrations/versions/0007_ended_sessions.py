"""Sign-ins that were ended by signing out."""

import sqlalchemy as sa
from alembic import op

import backend.db

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "ended_sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_ended_sessions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_sessions")),
    )
    op.create_index(op.f("ix_ended_sessions_ended_at"), "ended_sessions", ["ended_at"])
    op.create_index(op.f("ix_ended_sessions_user_id"), "ended_sessions", ["user_id"])


def downgrade() -> None:
    op.drop_table("ended_sessions")
