"""read_ledger.py FILE SQL: opens the ledger as its app does, to read and write, and prints the rows as JSON."""
import json
import sys

import duckdb

# A failing replay would ask a network for an extension that is built in.
ledger = duckdb.connect(sys.argv[1], config={"autoinstall_known_extensions": "false"})
print(json.dumps(ledger.execute(sys.argv[2]).fetchall(), default=str))
