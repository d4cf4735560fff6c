-- Goods between warehouses. What was picked for a transfer stands at the transfer dock until it departs, and is in transit then:
-- places of the ledger outside of every warehouse, so nobody can sell it meanwhile.

INSERT INTO location (id, warehouse_id, code, kind, storage_class, created_at) VALUES
    ('00000000-0000-7000-8000-0000000000d0', NULL, 'transfer-dock', 'in_transit', NULL, statement_timestamp());

-- One document, which both ends see; known by the reference on its paper.
CREATE TABLE transfer (
    id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    state text NOT NULL
        CHECK (state IN ('requested', 'approved', 'picking', 'loaded', 'in_transit', 'returning', 'closed', 'cancelled')),
    from_warehouse_id uuid NOT NULL REFERENCES warehouse,
    to_warehouse_id uuid NOT NULL REFERENCES warehouse,
    expected_at timestamptz,
    CONSTRAINT transfer_between_two_warehouses CHECK (from_warehouse_id <> to_warehouse_id)
);
CREATE INDEX transfer_under_way ON transfer (expected_at) WHERE state IN ('in_transit', 'returning');
COMMENT ON TABLE transfer IS 'Goods that go from one warehouse to another (调拨)';
COMMENT ON COLUMN transfer.expected_at IS 'When it should arrive; null: nobody has said. What is under way after that is late';

-- What is asked for.
CREATE TABLE transfer_line (
    transfer_id uuid NOT NULL REFERENCES transfer,
    position smallint NOT NULL
        CHECK (position > 0),
    sku_id uuid NOT NULL REFERENCES sku,
    owner_id uuid NOT NULL REFERENCES owner,
    requested bigint NOT NULL
        CHECK (requested BETWEEN 1 AND 1000000000000000),
    picked bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (transfer_id, position),
    CONSTRAINT transfer_line_once UNIQUE (transfer_id, sku_id, owner_id),
    CONSTRAINT transfer_line_never_beyond CHECK (picked BETWEEN 0 AND requested)
);

-- What was done with a transfer.
CREATE TABLE transfer_event (
    id uuid PRIMARY KEY,
    transfer_id uuid NOT NULL REFERENCES transfer,
    event text NOT NULL
        CHECK (event IN ('request', 'approve', 'pick', 'load', 'depart', 'arrive', 'cancel')),
    from_state text NOT NULL
        CHECK (from_state IN ('absent', 'requested', 'approved', 'picking', 'loaded', 'in_transit', 'returning', 'closed',
            'cancelled')),
    to_state text NOT NULL
        CHECK (to_state IN ('requested', 'approved', 'picking', 'loaded', 'in_transit', 'returning', 'closed', 'cancelled')),
    reference text
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea
        CHECK (octet_length(fingerprint) = 32),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    -- What may happen several times is known by a reference of its own, so that a repetition is told from another one.
    CONSTRAINT transfer_event_is_known CHECK (
        (event IN ('pick', 'arrive')) = (reference IS NOT NULL) AND (reference IS NULL) = (fingerprint IS NULL)
    ),
    CONSTRAINT transfer_event_once UNIQUE (transfer_id, event, reference)
);

-- Goods of one lot and quality on their way. No piece is in two places or in none: the equations are the database's.
CREATE TABLE transfer_lot (
    transfer_id uuid NOT NULL REFERENCES transfer,
    lot_id uuid NOT NULL,
    quality text NOT NULL
        CHECK (quality IN ('good', 'held', 'damaged')),
    sku_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    storage_class text NOT NULL
        CHECK (storage_class IN ('ambient', 'chilled', 'frozen')),
    picked bigint NOT NULL
        CHECK (picked BETWEEN 1 AND 1000000000000000),
    waiting bigint NOT NULL CHECK (waiting >= 0),
    put_back bigint NOT NULL CHECK (put_back >= 0),
    shipped bigint NOT NULL CHECK (shipped >= 0),
    received bigint NOT NULL CHECK (received >= 0),
    damaged bigint NOT NULL CHECK (damaged >= 0),
    lost bigint NOT NULL CHECK (lost >= 0),
    in_transit bigint NOT NULL CHECK (in_transit >= 0),
    PRIMARY KEY (transfer_id, lot_id, quality),
    CONSTRAINT transfer_lot_all_that_was_picked CHECK (picked = waiting + put_back + shipped),
    CONSTRAINT transfer_lot_all_that_was_shipped CHECK (shipped = received + damaged + lost + in_transit),
    CONSTRAINT transfer_lot_fkey FOREIGN KEY (lot_id, sku_id, owner_id) REFERENCES lot (id, sku_id, owner_id)
) WITH (fillfactor = 70);
COMMENT ON COLUMN transfer_lot.storage_class IS 'How cold it stood where it was picked: it arrives where that suits it';
COMMENT ON COLUMN transfer_lot.waiting IS 'At the transfer dock: picked, and not departed yet';

-- What was picked, from where.
CREATE TABLE transfer_pick (
    event_id uuid PRIMARY KEY REFERENCES transfer_event,
    transfer_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    quality text NOT NULL,
    location_id uuid NOT NULL REFERENCES location,
    quantity bigint NOT NULL
        CHECK (quantity BETWEEN 1 AND 1000000000000000),
    CONSTRAINT transfer_pick_fkey FOREIGN KEY (transfer_id, lot_id, quality) REFERENCES transfer_lot
);
CREATE INDEX transfer_pick_of_transfer ON transfer_pick (transfer_id);

-- What has come, and what has not.
CREATE TABLE transfer_arrival (
    event_id uuid PRIMARY KEY REFERENCES transfer_event,
    transfer_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    quality text NOT NULL,
    received bigint NOT NULL
        CHECK (received BETWEEN 0 AND 1000000000000000),
    damaged bigint NOT NULL
        CHECK (damaged BETWEEN 0 AND 1000000000000000),
    lost bigint NOT NULL
        CHECK (lost BETWEEN 0 AND 1000000000000000),
    location_id uuid REFERENCES location,
    reason text
        CHECK (reason IN ('broken', 'spoiled', 'missing', 'stolen', 'other')),
    answerable text
        CHECK (char_length(answerable) BETWEEN 1 AND 128 AND answerable !~ '[[:cntrl:]]'),
    CONSTRAINT transfer_arrival_of_something CHECK (received + damaged + lost > 0),
    CONSTRAINT transfer_arrival_stands_somewhere CHECK ((received + damaged > 0) = (location_id IS NOT NULL)),
    CONSTRAINT transfer_arrival_names_its_losses CHECK (
        (damaged + lost > 0) = (reason IS NOT NULL) AND (damaged + lost > 0) = (answerable IS NOT NULL)
    ),
    CONSTRAINT transfer_arrival_damaged_once CHECK (quality <> 'damaged' OR damaged = 0),
    CONSTRAINT transfer_arrival_fkey FOREIGN KEY (transfer_id, lot_id, quality) REFERENCES transfer_lot
);
CREATE INDEX transfer_arrival_of_transfer ON transfer_arrival (transfer_id);
COMMENT ON COLUMN transfer_arrival.answerable IS 'Who answers for what is damaged or lost: a driver, a carrier';

GRANT SELECT, INSERT ON transfer, transfer_line, transfer_event, transfer_lot, transfer_pick, transfer_arrival
    TO yuncang_service;
GRANT UPDATE (state, expected_at) ON transfer TO yuncang_service;
GRANT UPDATE (picked) ON transfer_line TO yuncang_service;
GRANT UPDATE (picked, waiting, put_back, shipped, received, damaged, lost, in_transit) ON transfer_lot TO yuncang_service;
