"""Every table of Charley: what is imported here knows them all."""

from sqlalchemy import MetaData

from backend import audit, installation
from backend.accounts import models as accounts
from backend.care import models as care
from backend.db import db
from backend.diary import models as diary
from backend.health import models as health
from backend.reminders import models as reminders
from backend.trials import models as trials

# Importing them is what makes their tables known.
ROOMS = (installation, accounts, audit, diary, health, trials, care, reminders)
METADATA: MetaData = db.metadata
