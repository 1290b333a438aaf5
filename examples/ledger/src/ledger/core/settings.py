"""What the environment says, read once, when the service starts."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TITLE = "Ledger"
PREFIX = "LEDGER"


@dataclass(frozen=True)
class Settings:
    """Where the database is, and which environment this is."""

    db_path: Path = Path("/data/ledger.duckdb")
    environment: str = "production"

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] = os.environ) -> "Settings":
        """Reads `LEDGER_DB_PATH` and `LEDGER_ENV`; one that is empty counts as not set."""
        default = cls()
        return cls(
            db_path=Path(variables.get(f"{PREFIX}_DB_PATH") or default.db_path),
            environment=variables.get(f"{PREFIX}_ENV") or default.environment,
        )
