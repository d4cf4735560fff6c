-- Counting what stands somewhere while work goes on. A count keeps what the ledger said at the moment of counting, and posts the
-- difference as a movement, so that what moved meanwhile survives.

CREATE TABLE stock_count (
    id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    state text NOT NULL
        CHECK (state IN ('planned', 'counting', 'counted', 'posted', 'cancelled')),
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    location_id uuid REFERENCES location,
    sku_id uuid REFERENCES sku,
    is_blind boolean NOT NULL,
    tolerance integer NOT NULL
        CHECK (tolerance BETWEEN 0 AND 10000),
    posted_at timestamptz,
    CONSTRAINT stock_count_of_one_thing CHECK (num_nonnulls(location_id, sku_id) = 1),
    CONSTRAINT stock_count_posted_at_its_time CHECK ((posted_at IS NOT NULL) = (state = 'posted'))
);
CREATE INDEX stock_count_posted ON stock_count (posted_at) WHERE posted_at IS NOT NULL;
COMMENT ON TABLE stock_count IS 'Counting a location, or a SKU in a warehouse (盘点)';
COMMENT ON COLUMN stock_count.is_blind IS 'What is expected is shown to nobody before the counting is over';
COMMENT ON COLUMN stock_count.tolerance IS 'In basis points of what is expected: a difference beyond it is counted once more';

-- What was done with a count.
CREATE TABLE stock_count_event (
    id uuid PRIMARY KEY,
    count_id uuid NOT NULL REFERENCES stock_count,
    event text NOT NULL
        CHECK (event IN ('plan', 'count', 'explain', 'finish', 'approve', 'cancel')),
    from_state text NOT NULL
        CHECK (from_state IN ('absent', 'planned', 'counting', 'counted', 'posted', 'cancelled')),
    to_state text NOT NULL
        CHECK (to_state IN ('planned', 'counting', 'counted', 'posted', 'cancelled')),
    reference text
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea
        CHECK (octet_length(fingerprint) = 32),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    CONSTRAINT stock_count_event_is_known CHECK (
        (event IN ('count', 'explain')) = (reference IS NOT NULL) AND (reference IS NULL) = (fingerprint IS NULL)
    ),
    CONSTRAINT stock_count_event_once UNIQUE (count_id, event, reference)
);

-- Goods of one lot and quality at one location, as they were counted last.
CREATE TABLE stock_count_line (
    count_id uuid NOT NULL REFERENCES stock_count,
    location_id uuid NOT NULL REFERENCES location,
    lot_id uuid NOT NULL,
    quality text NOT NULL
        CHECK (quality IN ('good', 'held', 'damaged')),
    sku_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    expected bigint NOT NULL
        CHECK (expected BETWEEN 0 AND 1000000000000000),
    counted bigint NOT NULL
        CHECK (counted BETWEEN 0 AND 1000000000000000),
    -- No foreign keys to the ledger: they would forbid DETACH CONCURRENTLY.
    position uuid NOT NULL,
    times smallint NOT NULL
        CHECK (times > 0),
    reason text
        CHECK (reason IN ('spoiled', 'dried', 'stolen', 'misplaced', 'misrecorded', 'unknown')),
    answerable text
        CHECK (char_length(answerable) BETWEEN 1 AND 128 AND answerable !~ '[[:cntrl:]]'),
    movement_id uuid UNIQUE,
    PRIMARY KEY (count_id, location_id, lot_id, quality),
    CONSTRAINT stock_count_line_names_both CHECK ((reason IS NULL) = (answerable IS NULL)),
    CONSTRAINT stock_count_line_posts_a_difference CHECK (movement_id IS NULL OR counted <> expected),
    CONSTRAINT stock_count_line_shrinks_for_a_reason CHECK (movement_id IS NULL OR counted > expected OR reason IS NOT NULL),
    CONSTRAINT stock_count_line_fkey FOREIGN KEY (lot_id, sku_id, owner_id) REFERENCES lot (id, sku_id, owner_id)
) WITH (fillfactor = 70);
COMMENT ON COLUMN stock_count_line.expected IS 'What the ledger had there when it was counted';
COMMENT ON COLUMN stock_count_line.position IS 'The newest row of the ledger at that moment';
COMMENT ON COLUMN stock_count_line.answerable IS 'Who answers for what is missing';

-- Each counting of a line, the first and those after it.
CREATE TABLE stock_count_entry (
    event_id uuid PRIMARY KEY REFERENCES stock_count_event,
    count_id uuid NOT NULL,
    location_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    quality text NOT NULL,
    expected bigint NOT NULL
        CHECK (expected BETWEEN 0 AND 1000000000000000),
    counted bigint NOT NULL
        CHECK (counted BETWEEN 0 AND 1000000000000000),
    position uuid NOT NULL,
    CONSTRAINT stock_count_entry_fkey FOREIGN KEY (count_id, location_id, lot_id, quality) REFERENCES stock_count_line
);
CREATE INDEX stock_count_entry_of_count ON stock_count_entry (count_id);

GRANT SELECT, INSERT ON stock_count, stock_count_event, stock_count_line, stock_count_entry TO yuncang_service;
GRANT UPDATE (state, posted_at) ON stock_count TO yuncang_service;
GRANT UPDATE (expected, counted, position, times, reason, answerable, movement_id) ON stock_count_line TO yuncang_service;
