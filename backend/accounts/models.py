"""Users and their roles, and what a person tells about themselves."""

import uuid
from datetime import datetime
from typing import Any

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend import clock
from backend.db import SECRET, Model, UtcDateTime, db

ROLES = ("patient", "physician", "admin")
NAME_LENGTH_MAX = 80

users_roles = Table(
    "users_roles",
    db.metadata,
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Integer, ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Model, RoleMixin):
    """One of ``ROLES``."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(16), unique=True)


class User(Model, UserMixin):
    """A person who can sign in: a patient, a physician or an administrator."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=uuid.uuid4, unique=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str] = mapped_column(String(255), info=SECRET)
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    display_name: Mapped[str | None] = mapped_column(String(NAME_LENGTH_MAX))
    birth_year: Mapped[int | None]
    country: Mapped[str | None] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(2), default="en")
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    reminder_morning: Mapped[str | None] = mapped_column(String(5))
    reminder_evening: Mapped[str | None] = mapped_column(String(5))
    usual_cramps_per_week: Mapped[float | None]
    # Opaque to the phone that keeps it; set when the first passkey is made.
    fs_webauthn_user_handle: Mapped[str] = mapped_column(
        String(64), index=True, unique=True, nullable=True, info=SECRET
    )
    roles: Mapped[list[Role]] = relationship(secondary=users_roles)  # type: ignore[assignment]  # a narrower list
    webauthn: Mapped[list["Passkey"]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )

    # Flask-Security looks for a second factor of every person, also where nobody can have one.
    tf_totp_secret = None
    tf_primary_method = None

    @property
    def role(self) -> str:
        """The person's one role."""
        return self.roles[0].name

    @property
    def shown_name(self) -> str:
        """The name others see: never the e-mail address."""
        return self.display_name or f"Patient {str(self.public_id)[:8]}"


class Passkey(Model, WebAuthnMixin):
    """The public half of a passkey; columns as Flask-Security reads them."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True, info=SECRET)
    public_key: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(AsaList())
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    lastuse_datetime: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
    user: Mapped[User] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        """Tell Flask-Security whose passkey this is."""
        return {"id": self.user_id}


class EndedSession(Model):
    """A sign-in that was ended by signing out: a copy of its cookie opens nothing any more."""

    __tablename__ = "ended_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, info=SECRET)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ShareCode(Model):
    """The code by which patients find a physician; one a physician."""

    __tablename__ = "share_codes"

    physician_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
