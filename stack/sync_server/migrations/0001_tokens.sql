-- One row for each token, with its user. The token is not stored, only its SHA-256 in 64 lower-case hex digits.
CREATE TABLE IF NOT EXISTS tokens (
  token_sha256 TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;
