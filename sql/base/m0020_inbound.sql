-- A delivery's way from the announcement to the shelf. What was announced, counted and decided are facts: rows are only added.

ALTER TABLE inbound
    ADD COLUMN state text NOT NULL DEFAULT 'stored'
        CHECK (state IN ('announced', 'arrived', 'received', 'released', 'stored', 'cancelled')),
    ADD COLUMN warehouse_id uuid REFERENCES warehouse,
    ALTER COLUMN received_at DROP NOT NULL,
    ADD CONSTRAINT inbound_received_at_its_time CHECK (
        (received_at IS NOT NULL) = (state IN ('received', 'released', 'stored'))
    );
COMMENT ON COLUMN inbound.state IS 'What its last event made of it; one without events was received at once, before there were any';
COMMENT ON COLUMN inbound.warehouse_id IS 'Where it is expected or has come to; null for those without events';

-- What the paper says will come.
CREATE TABLE inbound_line (
    inbound_id uuid NOT NULL REFERENCES inbound,
    position smallint NOT NULL
        CHECK (position > 0),
    sku_id uuid NOT NULL REFERENCES sku,
    owner_id uuid NOT NULL REFERENCES owner,
    expected bigint NOT NULL
        CHECK (expected BETWEEN 1 AND 1000000000000000),
    PRIMARY KEY (inbound_id, position)
);

-- What was done with a delivery.
CREATE TABLE inbound_event (
    id uuid PRIMARY KEY,
    inbound_id uuid NOT NULL REFERENCES inbound,
    event text NOT NULL
        CHECK (event IN ('announce', 'arrive', 'count', 'finish', 'release', 'put_away', 'cancel')),
    from_state text NOT NULL
        CHECK (from_state IN ('absent', 'announced', 'arrived', 'received', 'released', 'stored', 'cancelled')),
    to_state text NOT NULL
        CHECK (to_state IN ('announced', 'arrived', 'received', 'released', 'stored', 'cancelled')),
    reference text
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea
        CHECK (octet_length(fingerprint) = 32),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    -- What may happen several times is known by a reference of its own, so that a repetition is told from another one.
    CONSTRAINT inbound_event_is_known CHECK (
        (event IN ('count', 'put_away')) = (reference IS NOT NULL) AND (reference IS NULL) = (fingerprint IS NULL)
    ),
    CONSTRAINT inbound_event_once UNIQUE (inbound_id, event, reference)
);

-- What was counted: it became a lot, was rejected, or both in parts.
CREATE TABLE inbound_receipt (
    id uuid PRIMARY KEY,
    inbound_id uuid NOT NULL REFERENCES inbound,
    event_id uuid NOT NULL REFERENCES inbound_event,
    sku_id uuid NOT NULL REFERENCES sku,
    owner_id uuid NOT NULL REFERENCES owner,
    received bigint NOT NULL
        CHECK (received BETWEEN 0 AND 1000000000000000),
    rejected bigint NOT NULL
        CHECK (rejected BETWEEN 0 AND 1000000000000000),
    reason text
        CHECK (reason IN ('damaged', 'spoiled', 'wrong_goods', 'surplus', 'no_certificate', 'other')),
    lot_id uuid UNIQUE,
    -- No foreign key: it would forbid DETACH CONCURRENTLY. The same transaction writes both.
    movement_id uuid UNIQUE,
    location_id uuid REFERENCES location,
    weighed_grams bigint
        CHECK (weighed_grams BETWEEN 1 AND 1000000000000000),
    certificate text
        CHECK (char_length(certificate) BETWEEN 1 AND 128 AND certificate !~ '[[:cntrl:]]'),
    picture text
        CHECK (char_length(picture) BETWEEN 1 AND 500 AND picture !~ '[[:cntrl:]]'),
    CONSTRAINT inbound_receipt_of_something CHECK (received + rejected > 0),
    CONSTRAINT inbound_receipt_becomes_a_lot CHECK (
        (received > 0) = (lot_id IS NOT NULL) AND (received > 0) = (movement_id IS NOT NULL)
        AND (received > 0) = (location_id IS NOT NULL)
    ),
    CONSTRAINT inbound_receipt_says_why CHECK ((rejected > 0) = (reason IS NOT NULL)),
    CONSTRAINT inbound_receipt_lot_fkey FOREIGN KEY (lot_id, sku_id, owner_id) REFERENCES lot (id, sku_id, owner_id)
);
CREATE INDEX inbound_receipt_of_inbound ON inbound_receipt (inbound_id);
COMMENT ON COLUMN inbound_receipt.picture IS 'Where a picture of it is to be found: an address, or a name in somebody''s album';
COMMENT ON COLUMN inbound_receipt.certificate IS 'The number of its certificate of conformity (承诺达标合格证)';

GRANT SELECT, INSERT ON inbound_line, inbound_event, inbound_receipt TO yuncang_service;
GRANT UPDATE (state, received_at) ON inbound TO yuncang_service;
-- A lot is released after it was received; nothing else of it changes.
GRANT UPDATE (status) ON lot TO yuncang_service;
