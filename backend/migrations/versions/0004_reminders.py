"""Phones that ask to be reminded, and the reminders that fell due."""

import sqlalchemy as sa
from alembic import op

import backend.db

revision = "0004"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "push_subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=88), nullable=False),
        sa.Column("auth", sa.String(length=24), nullable=False),
        sa.Column("renewed_at", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_accepted", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["users.id"], name=op.f("fk_push_subscriptions_patient_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscriptions_endpoint")),
    )
    op.create_index("ix_push_subscriptions_patient_id", "push_subscriptions", ["patient_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("night_date", sa.Date(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("due_at", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", backend.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["users.id"], name=op.f("fk_reminders_patient_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("patient_id", "kind", "night_date", "again", name="uq_reminders_once"),
        sa.UniqueConstraint("public_id", name=op.f("uq_reminders_public_id")),
    )
    op.create_index("ix_reminders_state_next_try_at", "reminders", ["state", "next_try_at"], unique=False)
    op.create_index("ix_reminders_due_at", "reminders", ["due_at"], unique=False)
    op.create_table(
        "reminder_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("planned_until", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_clock")),
    )


def downgrade() -> None:
    for name in ("reminder_clock", "reminders", "push_subscriptions"):
        op.drop_table(name)
