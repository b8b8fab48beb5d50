"""Passkeys."""

import sqlalchemy as sa
from alembic import op
from flask_security import AsaList

import backend.db

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", AsaList(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.String(length=255), nullable=True),
        sa.Column("create_datetime", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("lastuse_datetime", backend.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_passkeys_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_user_id"), "passkeys", ["user_id"])
    # Added in place: rebuilding the table, as Alembic does for SQLite, would delete what refers to its rows.
    op.add_column("users", sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_users_fs_webauthn_user_handle"), "users", ["fs_webauthn_user_handle"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_users_fs_webauthn_user_handle"), "users")
    op.drop_column("users", "fs_webauthn_user_handle")
    op.drop_table("passkeys")
