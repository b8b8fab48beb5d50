"""Stop signs that were told of nights, how they ended, and trials that were moved before their first night."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

import backend.db

revision = "0008"
down_revision = "0007"

# As they were when this migration was written: a migration never changes.
STOP_SIGNS = ("breathless", "numb", "cold_or_color", "pain", "swelling", "skin")


def upgrade() -> None:
    instant = backend.db.UtcDateTime(timezone=True)
    signs = op.create_table(
        "night_signs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("night_date", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("told_at", instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["users.id"], name=op.f("fk_night_signs_patient_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_signs")),
    )
    op.create_index(op.f("ix_night_signs_patient_id"), "night_signs", ["patient_id"])
    op.create_table(
        "hold_ends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("night_date", sa.Date(), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("told_at", instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["users.id"], name=op.f("fk_hold_ends_patient_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_ends")),
    )
    op.create_index(op.f("ix_hold_ends_patient_id"), "hold_ends", ["patient_id"])
    op.add_column("trials", sa.Column("moved_from", sa.Date(), nullable=True))
    op.add_column("trials", sa.Column("moved_at", instant, nullable=True))
    told = signs_of_recorded_nights(instant)
    if told:
        op.bulk_insert(signs, told)


def signs_of_recorded_nights(instant: sa.types.TypeEngine[Any]) -> list[dict[str, Any]]:
    nights = sa.table(
        "nights",
        sa.column("patient_id", sa.Integer()),
        sa.column("night_date", sa.Date()),
        sa.column("document", sa.Text()),
        sa.column("received_at", instant),
        sa.column("stocking_problem", sa.Boolean()),
    )
    found = op.get_bind().execute(sa.select(nights).where(nights.c.stocking_problem).order_by(nights.c.received_at))
    return [
        {"patient_id": night.patient_id, "night_date": night.night_date, "code": code, "told_at": night.received_at}
        for night in found
        for code in STOP_SIGNS
        if night.document is not None and code in json.loads(night.document)["problems"]
    ]


def downgrade() -> None:
    op.drop_column("trials", "moved_at")
    op.drop_column("trials", "moved_from")
    op.drop_table("hold_ends")
    op.drop_table("night_signs")
