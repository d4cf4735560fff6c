-- The ledger and the counters that it explains.

CREATE TABLE lot (
    id uuid PRIMARY KEY,
    sku_id uuid NOT NULL REFERENCES sku,
    owner_id uuid NOT NULL REFERENCES owner,
    harvested_on date,
    expires_on date,
    grade text
        CHECK (char_length(grade) BETWEEN 1 AND 32 AND grade !~ '[[:cntrl:]]'),
    status text NOT NULL
        CHECK (status IN ('pending', 'released', 'short_life', 'blocked')),
    created_at timestamptz NOT NULL,
    CONSTRAINT lot_expires_after_harvest CHECK (expires_on >= harvested_on),
    -- What movements and balances refer to, so that neither can name another SKU or owner than the lot's.
    CONSTRAINT lot_of_one_sku_and_owner UNIQUE (id, sku_id, owner_id)
);
COMMENT ON COLUMN lot.status IS
    'Only released lots are sellable; short_life: swept out of the pools on its day; blocked: quarantined or recalled';

-- A delivery, known by the reference on its paper: receiving it again changes nothing.
CREATE TABLE inbound (
    id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    received_at timestamptz NOT NULL
);

-- Append-only. A month's partition bounds are the smallest UUIDv7 of its first millisecond and of the next month's, in the
-- base's time zone; `yuncang maintain` makes them ahead of time. No DEFAULT partition: it would forbid DETACH CONCURRENTLY.
CREATE TABLE movement (
    id uuid PRIMARY KEY,
    from_location_id uuid NOT NULL REFERENCES location,
    to_location_id uuid NOT NULL REFERENCES location,
    sku_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    from_quality text NOT NULL
        CHECK (from_quality IN ('good', 'held', 'damaged')),
    to_quality text NOT NULL
        CHECK (to_quality IN ('good', 'held', 'damaged')),
    quantity bigint NOT NULL
        CHECK (quantity BETWEEN 1 AND 1000000000000000),
    -- Complete from the start: a new reason would have to re-check every partition.
    reason text NOT NULL
        CHECK (reason IN ('receipt', 'put_away', 'pick', 'shipment', 'return', 'transfer', 'count', 'loss', 'production',
            'quality', 'reversal')),
    document_kind text NOT NULL
        CHECK (document_kind ~ '^[a-z_]{1,32}$'),
    document_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT movement_lot_fkey FOREIGN KEY (lot_id, sku_id, owner_id) REFERENCES lot (id, sku_id, owner_id),
    CONSTRAINT movement_moves_something CHECK (
        from_location_id <> to_location_id OR from_quality <> to_quality
    )
) PARTITION BY RANGE (id);
COMMENT ON TABLE movement IS
    'The ledger. Goods are conserved: they leave one location and reach another. A mistake is mended by a reversing row';

CREATE TABLE balance (
    sku_id uuid NOT NULL,
    location_id uuid NOT NULL REFERENCES location,
    lot_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    quality text NOT NULL
        CHECK (quality IN ('good', 'held', 'damaged')),
    on_hand bigint NOT NULL
        CHECK (on_hand >= 0),
    -- The owner is the lot's, by the foreign key, so it adds nothing to the key.
    PRIMARY KEY (sku_id, location_id, lot_id, quality),
    CONSTRAINT balance_lot_fkey FOREIGN KEY (lot_id, sku_id, owner_id) REFERENCES lot (id, sku_id, owner_id)
) WITH (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0
);
COMMENT ON TABLE balance IS 'What stands where; written in the transaction of its movement. No index on on_hand: it changes';

CREATE TABLE pool (
    sku_id uuid NOT NULL REFERENCES sku,
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    owner_id uuid NOT NULL REFERENCES owner,
    sellable bigint NOT NULL CHECK (sellable >= 0),
    held bigint NOT NULL CHECK (held >= 0),
    committed bigint NOT NULL CHECK (committed >= 0),
    allotted bigint NOT NULL CHECK (allotted >= 0),
    version bigint NOT NULL CHECK (version >= 0),
    PRIMARY KEY (sku_id, warehouse_id, owner_id),
    CONSTRAINT pool_never_oversold CHECK (held + committed + allotted <= sellable)
) WITH (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0
);
COMMENT ON TABLE pool IS
    'What orders claim from. The hottest rows: locked in key order, last in their transaction. No index but the key';
COMMENT ON COLUMN pool.version IS 'Grows with every change, so that a screen never goes back to an older row';

GRANT SELECT, INSERT ON lot, inbound, movement, balance, pool TO yuncang_service;
GRANT UPDATE (on_hand) ON balance TO yuncang_service;
GRANT UPDATE (sellable, held, committed, allotted, version) ON pool TO yuncang_service;
