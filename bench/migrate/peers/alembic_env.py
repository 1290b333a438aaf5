"""The env.py that `alembic init` makes, for DuckDB: the database comes from -x, the pending batch is one transaction."""
from alembic import context
from alembic.ddl.impl import DefaultImpl
from sqlalchemy import create_engine, pool


class DuckDBImpl(DefaultImpl):
    __dialect__ = "duckdb"
    transactional_ddl = True


database = context.get_x_argument(as_dictionary=True)["database"]
engine = create_engine(f"duckdb:///{database}", poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
