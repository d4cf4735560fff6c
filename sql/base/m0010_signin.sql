-- How people sign in, and what an overlay may show. A browser's session and an overlay's key are tokens like any other, so that
-- they are known, noted, ended and dead everywhere in the same way.

-- What the bearer shows it as. Its digest is of the kind and the text: shown as anything else, it is no token, and a binary that
-- knows nothing of kinds takes it for none.
ALTER TABLE token
    ADD COLUMN kind text NOT NULL DEFAULT 'program'
        CHECK (kind IN ('program', 'session', 'overlay')),
    -- The session that a person signed in to first; those on their other devices came from it.
    ADD COLUMN family_id uuid REFERENCES token,
    ADD CONSTRAINT token_of_session_has_family CHECK ((kind = 'session') = (family_id IS NOT NULL)),
    ADD CONSTRAINT token_of_browser_expires CHECK (kind = 'program' OR expires_at IS NOT NULL);

CREATE INDEX token_of_family ON token (family_id) WHERE kind = 'session';

-- Which SKUs an overlay's key shows, in which order.
CREATE TABLE overlay_sku (
    token_id uuid NOT NULL REFERENCES token,
    position smallint NOT NULL
        CHECK (position BETWEEN 1 AND 20),
    sku_id uuid NOT NULL REFERENCES sku,
    PRIMARY KEY (token_id, position),
    CONSTRAINT overlay_sku_once UNIQUE (token_id, sku_id)
);

GRANT SELECT, INSERT ON overlay_sku TO yuncang_service;

-- What a person types to sign in, once: four characters by which the code is found, and six that are kept hashed.
CREATE TABLE sign_in_code (
    handle text PRIMARY KEY
        CHECK (handle ~ '^[0-9a-hjkmnp-tv-z]{4}$'),
    digest bytea NOT NULL
        CHECK (octet_length(digest) = 32),
    role text NOT NULL
        CHECK (role IN ('cooperative', 'warehouse', 'host', 'controller', 'source', 'operator')),
    owner_id uuid REFERENCES owner,
    source text
        CHECK (source ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 100 AND name !~ '[[:cntrl:]]'),
    -- The session from which it was made, for another device of the same person; none where an operator made it.
    issuer_id uuid REFERENCES token,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    session_expires_at timestamptz NOT NULL,
    wrong_tries smallint NOT NULL
        CHECK (wrong_tries BETWEEN 0 AND 5),
    used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT sign_in_code_of_cooperative_has_owner CHECK ((role = 'cooperative') = (owner_id IS NOT NULL)),
    CONSTRAINT sign_in_code_of_source_has_source CHECK ((role = 'source') = (source IS NOT NULL)),
    CONSTRAINT sign_in_code_is_short_lived CHECK (
        expires_at > created_at AND expires_at <= created_at + interval '1 day'
    )
);
COMMENT ON TABLE sign_in_code IS
    'A row whose time is over is written over by the next code of its handle: what was done with it stands in the audit log';
COMMENT ON COLUMN sign_in_code.wrong_tries IS 'At five it is dead, whoever knows it';

GRANT SELECT, INSERT, UPDATE ON sign_in_code TO yuncang_service;

-- What hides from those who see only their own how much happens beside it: the numbers of events are sealed with it.
CREATE TABLE feed_secret (
    name text PRIMARY KEY
        CHECK (name = 'events'),
    secret bytea NOT NULL
        CHECK (octet_length(secret) = 32)
);

-- 244 random bits.
INSERT INTO feed_secret (name, secret) VALUES
    ('events', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

GRANT SELECT ON feed_secret TO yuncang_service;
