"""Answers about health, and the day on which a trial was stopped."""

import sqlalchemy as sa
from alembic import op

import backend.db

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "health_records",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_at", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["users.id"], name=op.f("fk_health_records_patient_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("patient_id", "kind", "version", name=op.f("pk_health_records")),
    )
    op.add_column("trials", sa.Column("stopped_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("trials", "stopped_on")
    op.drop_table("health_records")
