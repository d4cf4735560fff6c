-- What is told to others and what people did. Both are append-only and partitioned by month like movement.

-- No sequence: one drawn at insert can commit out of order and be skipped. A relay numbers committed rows in a table of its
-- own, so that this one needs no UPDATE.
CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    kind text NOT NULL
        CHECK (kind ~ '^[a-z_.]{1,64}$'),
    subjects uuid[] NOT NULL
        CHECK (cardinality(subjects) BETWEEN 1 AND 10000 AND array_position(subjects, NULL) IS NULL),
    recorded_at timestamptz NOT NULL
) PARTITION BY RANGE (id);
COMMENT ON COLUMN outbox.subjects IS 'The rows that the event speaks of: a batch of orders is one event that lists them';

CREATE TABLE audit (
    id uuid PRIMARY KEY,
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    origin text NOT NULL
        CHECK (char_length(origin) BETWEEN 1 AND 128 AND origin !~ '[[:cntrl:]]'),
    action text NOT NULL
        CHECK (action ~ '^[a-z_.]{1,64}$'),
    subject text NOT NULL
        CHECK (char_length(subject) BETWEEN 1 AND 256 AND subject !~ '[[:cntrl:]]'),
    detail jsonb NOT NULL
        CHECK (jsonb_typeof(detail) = 'object' AND octet_length(detail::text) <= 65536),
    recorded_at timestamptz NOT NULL
) PARTITION BY RANGE (id);
COMMENT ON TABLE audit IS 'Who did what, when, from where. People''s actions; orders are their own record. No recipient in it';

-- The parents' privileges hold for rows routed to any partition, those of future months too.
GRANT SELECT, INSERT ON outbox, audit TO yuncang_service;
