"""What a look at a staged trial decided, noted once: a new trial may begin then."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for name in ("looked_on", "finished_on"):
        op.add_column("trials", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("finished_on", "looked_on"):
        op.drop_column("trials", name)
