-- Bank statements as they were read, and a key that keeps a row from being booked twice: the bank's own id, else day,
-- amount and payee, numbered within one statement, since two equal coffees on one day are two.
-- dojo:split
-- dojo:assert SELECT account_id, import_key FROM transactions WHERE import_key IS NOT NULL GROUP BY ALL HAVING count(*) > 1
CREATE TABLE imports (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  file_name VARCHAR NOT NULL,
  imported_on DATE NOT NULL
);

CREATE TABLE import_rows (
  import_id BIGINT NOT NULL,
  line INTEGER NOT NULL,
  booked_on DATE NOT NULL,
  amount_minor BIGINT NOT NULL,
  payee VARCHAR NOT NULL,
  external_id VARCHAR,
  PRIMARY KEY (import_id, line)
);

CREATE MACRO import_key(external_id, booked_on, amount_minor, payee, number) AS
  coalesce('id ' || external_id, concat_ws(' ', 'row', booked_on, amount_minor, lower(trim(payee)), '#' || number));

CREATE VIEW import_row_keys AS
SELECT
  import_rows.import_id,
  import_rows.line,
  imports.account_id,
  import_key(
    external_id, booked_on, amount_minor, payee,
    row_number() OVER (
      PARTITION BY import_id, external_id, booked_on, amount_minor, lower(trim(payee)) ORDER BY line
    )
  ) AS import_key
FROM import_rows
JOIN imports ON imports.id = import_rows.import_id;

ALTER TABLE transactions ADD COLUMN import_key VARCHAR;

-- What was typed in so far gets the key of the row that it will have on a statement, so that importing an old statement
-- books nothing twice.
UPDATE transactions SET import_key = typed.import_key
FROM (
  SELECT
    transactions.id,
    import_key(
      NULL, booked_on, amount_minor, coalesce(payees.name, ''),
      row_number() OVER (PARTITION BY account_id, booked_on, amount_minor, payee_id ORDER BY transactions.id)
    ) AS import_key
  FROM transactions
  LEFT JOIN payees ON payees.id = transactions.payee_id
) AS typed
WHERE typed.id = transactions.id;

-- DuckDB makes no index in the transaction that wrote the column.
CREATE UNIQUE INDEX transactions_by_import_key ON transactions (account_id, import_key);
