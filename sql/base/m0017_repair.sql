-- What was done to counters that the ledger and the orders did not explain.

-- A repair never rewrites what has happened: it brings a counter to what is explained, and says here what it was before.
CREATE TABLE repair (
    id uuid PRIMARY KEY,
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    origin text NOT NULL
        CHECK (char_length(origin) BETWEEN 1 AND 128 AND origin !~ '[[:cntrl:]]'),
    note text
        CHECK (char_length(note) BETWEEN 1 AND 200 AND note !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL
);
COMMENT ON COLUMN repair.note IS 'What went wrong, in the words of whoever repaired it';

CREATE TABLE repair_entry (
    repair_id uuid NOT NULL REFERENCES repair,
    position integer NOT NULL
        CHECK (position > 0),
    table_name text NOT NULL,
    row_key jsonb NOT NULL
        CHECK (jsonb_typeof(row_key) = 'object'),
    column_name text NOT NULL,
    stored bigint,
    expected bigint NOT NULL
        CHECK (expected >= 0),
    delta bigint NOT NULL,
    PRIMARY KEY (repair_id, position),
    -- Only what can be counted again is repaired.
    CONSTRAINT repair_entry_of_a_counter CHECK (
        (table_name, column_name) IN (
            ('pool', 'sellable'), ('pool', 'held'), ('pool', 'committed'), ('balance', 'on_hand'), ('buyer_count', 'taken')
        )
    ),
    CONSTRAINT repair_entry_adds_up CHECK (delta = expected - COALESCE(stored, 0)),
    CONSTRAINT repair_entry_mends_something CHECK (delta <> 0 OR stored IS NULL)
);
COMMENT ON COLUMN repair_entry.row_key IS 'The columns of the row''s key: its ids, and the names that others gave';
COMMENT ON COLUMN repair_entry.stored IS 'What stood there, under the lock; null when there was no row';

GRANT SELECT, INSERT ON repair, repair_entry TO yuncang_service;
