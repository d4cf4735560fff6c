-- Who may ask for what: the tokens that people and programs carry.

CREATE TABLE token (
    id uuid PRIMARY KEY,
    -- The middle part of the token's text. It is no secret: people and the audit log know a token by it.
    prefix text NOT NULL UNIQUE
        CHECK (prefix ~ '^[0-9a-hjkmnp-tv-z]{12}$'),
    digest bytea NOT NULL
        CHECK (octet_length(digest) = 32),
    role text NOT NULL
        CHECK (role IN ('cooperative', 'warehouse', 'host', 'controller', 'source', 'operator')),
    owner_id uuid REFERENCES owner,
    source text
        CHECK (source ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 100 AND name !~ '[[:cntrl:]]'),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    -- Whose things it shows is part of what it is: none without, and no other role with.
    CONSTRAINT token_of_cooperative_has_owner CHECK ((role = 'cooperative') = (owner_id IS NOT NULL)),
    CONSTRAINT token_of_source_has_source CHECK ((role = 'source') = (source IS NOT NULL)),
    -- There is none for revoked_at: a clock that was set back must not keep anybody from revoking.
    CONSTRAINT token_expires_after_creation CHECK (expires_at > created_at)
) WITH (fillfactor = 70);
COMMENT ON COLUMN token.digest IS 'SHA-256 of the whole text, which is shown once and stored nowhere';
COMMENT ON COLUMN token.source IS 'By the same rule as customer_order.source';
COMMENT ON COLUMN token.last_used_at IS 'To the minute: written at most once in one, so that reading does not become writing';

-- A token is never another's, never more than it was, and never gone.
GRANT SELECT, INSERT ON token TO yuncang_service;
GRANT UPDATE (revoked_at, last_used_at) ON token TO yuncang_service;
