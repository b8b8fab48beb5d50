"""Users and their roles, and what a person tells about themselves."""

import uuid
from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Uuid
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
    roles: Mapped[list[Role]] = relationship(secondary=users_roles)  # type: ignore[assignment]  # a narrower list

    @property
    def role(self) -> str:
        """The person's one role."""
        return self.roles[0].name

    @property
    def shown_name(self) -> str:
        """The name others see: never the e-mail address."""
        return self.display_name or f"Patient {str(self.public_id)[:8]}"
