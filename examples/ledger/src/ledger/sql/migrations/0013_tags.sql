-- Tags on transactions; words in a memo that begin with # become the first ones.
CREATE TABLE tags (
  id BIGINT PRIMARY KEY,
  name VARCHAR NOT NULL UNIQUE
);

CREATE TABLE transaction_tags (
  transaction_id BIGINT NOT NULL,
  tag_id BIGINT NOT NULL,
  PRIMARY KEY (transaction_id, tag_id)
);

INSERT INTO tags
SELECT row_number() OVER (ORDER BY name), name
FROM (SELECT DISTINCT unnest(regexp_extract_all(lower(memo), '#(\w+)', 1)) AS name FROM transactions);

INSERT INTO transaction_tags
SELECT DISTINCT named.id, tags.id
FROM (SELECT id, unnest(regexp_extract_all(lower(memo), '#(\w+)', 1)) AS name FROM transactions) AS named
JOIN tags ON tags.name = named.name;
