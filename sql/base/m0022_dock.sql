-- What else is done at the dock: counts that are taken back, deliveries whose state follows corrections of their goods; loading; pictures.

ALTER TABLE inbound_event
    DROP CONSTRAINT inbound_event_event_check,
    ADD CONSTRAINT inbound_event_event_check CHECK (
        event IN ('announce', 'arrive', 'count', 'finish', 'release', 'put_away', 'cancel', 'retract', 'correct')
    ),
    DROP CONSTRAINT inbound_event_is_known,
    ADD CONSTRAINT inbound_event_is_known CHECK (
        (event IN ('count', 'put_away', 'retract')) = (reference IS NOT NULL)
        AND (reference IS NULL) = (fingerprint IS NULL)
    );

-- Loading and unloading (装卸): work that people are given, when they did it, and how much they moved.
CREATE TABLE loading (
    id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    kind text NOT NULL
        CHECK (kind IN ('unload', 'load')),
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    -- No foreign key: what it is about is a document of one kind or another, known by its reference.
    subject_kind text
        CHECK (subject_kind IN ('inbound')),
    subject_reference text
        CHECK (char_length(subject_reference) BETWEEN 1 AND 128 AND subject_reference !~ '[[:cntrl:]]'),
    state text NOT NULL
        CHECK (state IN ('planned', 'started', 'finished', 'cancelled')),
    started_at timestamptz,
    finished_at timestamptz,
    pieces bigint
        CHECK (pieces BETWEEN 1 AND 1000000000000000),
    grams bigint
        CHECK (grams BETWEEN 1 AND 1000000000000000),
    CONSTRAINT loading_subject_is_whole CHECK ((subject_kind IS NULL) = (subject_reference IS NULL)),
    CONSTRAINT loading_begins_at_its_time CHECK (
        CASE state WHEN 'planned' THEN started_at IS NULL WHEN 'cancelled' THEN true ELSE started_at IS NOT NULL END
    ),
    CONSTRAINT loading_ends_at_its_time CHECK (
        (finished_at IS NOT NULL) = (state = 'finished') AND (finished_at IS NULL OR finished_at >= started_at)
    ),
    CONSTRAINT loading_moved_something CHECK ((pieces IS NOT NULL OR grams IS NOT NULL) = (state = 'finished'))
);
CREATE INDEX loading_by_end ON loading (finished_at) WHERE finished_at IS NOT NULL;
COMMENT ON TABLE loading IS 'Loading or unloading at a dock; its people are in loading_worker';
COMMENT ON COLUMN loading.pieces IS 'As they were carried: boxes, bags, crates; null: not counted';

-- What was done with it: each event happens once.
CREATE TABLE loading_event (
    id uuid PRIMARY KEY,
    loading_id uuid NOT NULL REFERENCES loading,
    event text NOT NULL
        CHECK (event IN ('plan', 'start', 'finish', 'cancel')),
    from_state text NOT NULL
        CHECK (from_state IN ('absent', 'planned', 'started', 'finished', 'cancelled')),
    to_state text NOT NULL
        CHECK (to_state IN ('planned', 'started', 'finished', 'cancelled')),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT loading_event_once UNIQUE (loading_id, event)
);

-- Who began with it, and who was there when it was done.
CREATE TABLE loading_worker (
    loading_id uuid NOT NULL REFERENCES loading,
    event text NOT NULL
        CHECK (event IN ('start', 'finish')),
    position smallint NOT NULL
        CHECK (position BETWEEN 1 AND 50),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    employment text NOT NULL
        CHECK (employment IN ('staff', 'hired')),
    PRIMARY KEY (loading_id, event, position),
    CONSTRAINT loading_worker_once UNIQUE (loading_id, event, name, employment)
);

GRANT SELECT, INSERT ON loading, loading_event, loading_worker TO yuncang_service;
GRANT UPDATE (state, started_at, finished_at, pieces, grams) ON loading TO yuncang_service;

-- Pictures of what was counted, as evidence: small, and few to a count.
CREATE TABLE inbound_picture (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES inbound_event,
    digest bytea NOT NULL
        CHECK (octet_length(digest) = 32),
    media_type text NOT NULL
        CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
    content bytea NOT NULL
        CHECK (octet_length(content) BETWEEN 1 AND 2097152),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT inbound_picture_once UNIQUE (event_id, digest)
);
-- It is compressed already.
ALTER TABLE inbound_picture ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON COLUMN inbound_picture.digest IS 'The SHA-256 of its content';

GRANT SELECT, INSERT ON inbound_picture TO yuncang_service;
