"""What tells that a database was put back: an epoch with its day, a diary's own, a pulse; and which program made it."""

import sqlalchemy as sa
from alembic import op

import backend.db

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("installation", sa.Column("epoch_since", backend.db.UtcDateTime(timezone=True), nullable=True))
    op.add_column("installation", sa.Column("pulse", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("installation", sa.Column("program", sa.String(length=32), nullable=True))
    op.add_column("diaries", sa.Column("epoch", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("diaries", "epoch")
    for name in ("program", "pulse", "epoch_since"):
        op.drop_column("installation", name)
