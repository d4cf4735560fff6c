-- From a paid order to the parcel on the truck: waves, in which lots are bound, parcels, and what was handed over.

-- Picked goods stand here until they leave.
ALTER TABLE location
    DROP CONSTRAINT location_purpose_check,
    ADD CONSTRAINT location_purpose_check CHECK (purpose IN ('storage', 'receiving', 'packing'));

-- So much of what stands there is bound to parcels: nobody takes it away, and no other wave binds it.
ALTER TABLE balance
    ADD COLUMN allocated bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT balance_allocates_what_it_has CHECK (allocated BETWEEN 0 AND on_hand) NOT VALID;
GRANT UPDATE (allocated) ON balance TO yuncang_service;

ALTER TABLE order_line
    ADD COLUMN bound bigint NOT NULL DEFAULT 0,
    ADD COLUMN shipped bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_line_binds_what_it_has CHECK (shipped BETWEEN 0 AND bound AND bound <= quantity) NOT VALID;
COMMENT ON COLUMN order_line.bound IS 'So much of it lies, or is to lie, in parcels that were not taken apart; what has left is among it';
COMMENT ON COLUMN order_line.shipped IS 'So much of it has left: it claims nothing any more';
GRANT UPDATE (bound, shipped) ON order_line TO yuncang_service;

-- What packers have to know of a SKU.
CREATE TABLE sku_packing (
    sku_id uuid PRIMARY KEY REFERENCES sku,
    minimum_life_days smallint NOT NULL
        CHECK (minimum_life_days BETWEEN 0 AND 3650),
    unit_grams bigint
        CHECK (unit_grams BETWEEN 1 AND 1000000000),
    most_per_parcel bigint
        CHECK (most_per_parcel BETWEEN 1 AND 1000000000000000)
);
COMMENT ON COLUMN sku_packing.minimum_life_days IS 'So many days have to remain on the day on which it leaves';
COMMENT ON COLUMN sku_packing.unit_grams IS 'What one base unit weighs with its own packing; null: nobody has said, so no weight is checked';

CREATE TABLE wave (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE
        CHECK (code ~ '^[!-~]{1,64}$'),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    state text NOT NULL
        CHECK (state IN ('planned', 'releasing', 'released', 'closed', 'cancelled')),
    kind text NOT NULL
        CHECK (kind IN ('single', 'multi')),
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    packing_location_id uuid NOT NULL REFERENCES location,
    carrier text
        CHECK (char_length(carrier) BETWEEN 1 AND 64 AND carrier !~ '[[:cntrl:]]'),
    ship_on date NOT NULL,
    is_partial boolean NOT NULL,
    most_grams bigint
        CHECK (most_grams BETWEEN 1 AND 1000000000),
    slots smallint
        CHECK (slots BETWEEN 1 AND 1000),
    order_count integer NOT NULL
        CHECK (order_count >= 0),
    group_count integer NOT NULL
        CHECK (group_count >= 0),
    released_through integer NOT NULL
        CHECK (released_through BETWEEN 0 AND group_count),
    parcel_count integer NOT NULL
        CHECK (parcel_count >= 0),
    planned_at timestamptz NOT NULL,
    released_at timestamptz,
    CONSTRAINT wave_sorts_what_is_mixed CHECK ((kind = 'multi') = (slots IS NOT NULL)),
    CONSTRAINT wave_released_at_its_time CHECK ((released_at IS NOT NULL) = (state IN ('released', 'closed')))
);
COMMENT ON COLUMN wave.is_partial IS 'Of an order that cannot be served whole, what is there goes';
COMMENT ON COLUMN wave.released_through IS 'The groups up to this number have their lots: a release that was cut off goes on after it';

CREATE TABLE wave_order (
    wave_id uuid NOT NULL REFERENCES wave,
    order_id uuid NOT NULL REFERENCES customer_order,
    group_number integer NOT NULL
        CHECK (group_number > 0),
    outcome text
        CHECK (outcome IN ('bound', 'partial', 'short', 'changed')),
    PRIMARY KEY (wave_id, order_id)
);
CREATE INDEX wave_order_of_order ON wave_order (order_id);
CREATE INDEX wave_order_in_turn ON wave_order (wave_id, group_number);
COMMENT ON COLUMN wave_order.group_number IS 'Orders of one group may share parcels, and are released together';
COMMENT ON COLUMN wave_order.outcome IS 'What the release has made of it; null before';

-- Goods that are handed to a carrier together (交接单).
CREATE TABLE manifest (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE
        CHECK (code ~ '^[!-~]{1,64}$'),
    carrier text
        CHECK (char_length(carrier) BETWEEN 1 AND 64 AND carrier !~ '[[:cntrl:]]'),
    opened_at timestamptz NOT NULL
);

CREATE TABLE parcel (
    id uuid PRIMARY KEY,
    wave_id uuid NOT NULL REFERENCES wave,
    number integer NOT NULL
        CHECK (number > 0),
    state text NOT NULL
        CHECK (state IN ('bound', 'picked', 'packed', 'shipped', 'dissolved')),
    round smallint NOT NULL
        CHECK (round > 0),
    slot smallint
        CHECK (slot > 0),
    storage_class text NOT NULL
        CHECK (storage_class IN ('ambient', 'chilled', 'frozen')),
    carrier text
        CHECK (char_length(carrier) BETWEEN 1 AND 64 AND carrier !~ '[[:cntrl:]]'),
    tracking text
        CHECK (tracking ~ '^[0-9A-Za-z-]{4,64}$'),
    expected_grams bigint
        CHECK (expected_grams >= 0),
    weighed_grams bigint
        CHECK (weighed_grams > 0),
    is_short boolean NOT NULL,
    packed_at timestamptz,
    shipped_at timestamptz,
    manifest_id uuid REFERENCES manifest,
    CONSTRAINT parcel_of_wave UNIQUE (wave_id, number),
    CONSTRAINT parcel_under_one_number UNIQUE (carrier, tracking),
    CONSTRAINT parcel_number_of_a_carrier CHECK (tracking IS NULL OR carrier IS NOT NULL),
    CONSTRAINT parcel_packed_at_its_time CHECK (state NOT IN ('packed', 'shipped') OR packed_at IS NOT NULL),
    CONSTRAINT parcel_shipped_at_its_time CHECK ((state = 'shipped') = (shipped_at IS NOT NULL)
        AND (state = 'shipped') = (manifest_id IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX parcel_of_manifest ON parcel (manifest_id) WHERE manifest_id IS NOT NULL;
CREATE INDEX parcel_by_packing_time ON parcel (packed_at) WHERE packed_at IS NOT NULL;
CREATE INDEX parcel_by_tracking ON parcel (tracking) WHERE tracking IS NOT NULL;
COMMENT ON COLUMN parcel.is_short IS 'Goods of it were not found: it is packed only when somebody says so';

-- Many to many: a person's orders share a parcel, and an order goes in several.
CREATE TABLE parcel_order (
    parcel_id uuid NOT NULL REFERENCES parcel,
    order_id uuid NOT NULL REFERENCES customer_order,
    address_version smallint NOT NULL,
    PRIMARY KEY (parcel_id, order_id)
);
CREATE INDEX parcel_order_of_order ON parcel_order (order_id);
COMMENT ON COLUMN parcel_order.address_version IS 'Which address stands on the label; 0 for none';

CREATE TABLE parcel_item (
    id uuid PRIMARY KEY,
    wave_id uuid NOT NULL REFERENCES wave,
    parcel_id uuid NOT NULL REFERENCES parcel,
    order_id uuid NOT NULL,
    position smallint NOT NULL,
    sku_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    lot_id uuid NOT NULL,
    location_id uuid NOT NULL REFERENCES location,
    quantity bigint NOT NULL
        CHECK (quantity BETWEEN 1 AND 1000000000000000),
    state text NOT NULL
        CHECK (state IN ('bound', 'picked', 'shipped', 'given_up')),
    CONSTRAINT parcel_item_lot_fkey FOREIGN KEY (lot_id, sku_id, owner_id) REFERENCES lot (id, sku_id, owner_id),
    CONSTRAINT parcel_item_line_fkey FOREIGN KEY (order_id, position) REFERENCES order_line (order_id, position),
    CONSTRAINT parcel_item_order_fkey FOREIGN KEY (parcel_id, order_id) REFERENCES parcel_order (parcel_id, order_id)
) WITH (fillfactor = 80);
CREATE INDEX parcel_item_of_parcel ON parcel_item (parcel_id);
CREATE INDEX parcel_item_of_order ON parcel_item (order_id);
CREATE INDEX parcel_item_at_location ON parcel_item (wave_id, location_id, lot_id);
COMMENT ON COLUMN parcel_item.location_id IS 'Where it is picked; once it is, it stands at the packing location of its wave';

-- What was found where goods were to be picked, known by a reference of its own.
CREATE TABLE wave_pick (
    wave_id uuid NOT NULL REFERENCES wave,
    reference text NOT NULL
        CHECK (char_length(reference) BETWEEN 1 AND 128 AND reference !~ '[[:cntrl:]]'),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    location_id uuid NOT NULL REFERENCES location,
    lot_id uuid NOT NULL,
    asked bigint NOT NULL
        CHECK (asked BETWEEN 1 AND 1000000000000000000),
    found bigint NOT NULL
        CHECK (found BETWEEN 0 AND asked),
    rebound bigint NOT NULL
        CHECK (rebound BETWEEN 0 AND asked - found),
    actor text NOT NULL
        CHECK (char_length(actor) BETWEEN 1 AND 128 AND actor !~ '[[:cntrl:]]'),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (wave_id, reference)
);
COMMENT ON COLUMN wave_pick.rebound IS 'So much of what was missing is picked elsewhere instead';

-- Where a picker has not found what should stand there: no wave binds it before somebody has looked.
CREATE TABLE pick_doubt (
    location_id uuid NOT NULL REFERENCES location,
    lot_id uuid NOT NULL REFERENCES lot,
    missing bigint NOT NULL
        CHECK (missing BETWEEN 1 AND 1000000000000000000),
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (location_id, lot_id)
);

GRANT SELECT, INSERT ON sku_packing, wave, wave_order, manifest, parcel, parcel_order, parcel_item, wave_pick, pick_doubt
    TO yuncang_service;
GRANT UPDATE (minimum_life_days, unit_grams, most_per_parcel) ON sku_packing TO yuncang_service;
GRANT UPDATE (state, order_count, group_count, released_through, parcel_count, released_at) ON wave TO yuncang_service;
GRANT UPDATE (outcome) ON wave_order TO yuncang_service;
GRANT UPDATE (state, carrier, tracking, weighed_grams, is_short, packed_at, shipped_at, manifest_id) ON parcel TO yuncang_service;
GRANT UPDATE (address_version) ON parcel_order TO yuncang_service;
GRANT UPDATE (state, quantity) ON parcel_item TO yuncang_service;
GRANT UPDATE (missing, recorded_at), DELETE ON pick_doubt TO yuncang_service;
