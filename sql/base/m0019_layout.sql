-- Where goods are put and in which order they are walked to: zones, what a location is for, how much it takes.

CREATE TABLE zone (
    id uuid PRIMARY KEY,
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    code text NOT NULL
        CHECK (code ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    created_at timestamptz NOT NULL,
    closed_at timestamptz,
    CONSTRAINT zone_code_unique UNIQUE (warehouse_id, code),
    -- What locations refer to, so that none stands in another warehouse's zone.
    CONSTRAINT zone_of_one_warehouse UNIQUE (id, warehouse_id)
);
COMMENT ON TABLE zone IS 'A part of a warehouse that people call by one name (库区)';

ALTER TABLE location
    ADD COLUMN zone_id uuid,
    ADD COLUMN purpose text NOT NULL DEFAULT 'storage'
        CHECK (purpose IN ('storage', 'receiving')),
    ADD COLUMN capacity bigint
        CHECK (capacity BETWEEN 1 AND 1000000000000000),
    ADD COLUMN capacity_unit text
        CHECK (capacity_unit IN ('piece', 'gram')),
    ADD COLUMN pick_sequence integer
        CHECK (pick_sequence BETWEEN 1 AND 1000000),
    ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT location_zone_of_its_warehouse FOREIGN KEY (zone_id, warehouse_id) REFERENCES zone (id, warehouse_id),
    -- Without a warehouse the key above would not be looked at.
    ADD CONSTRAINT location_zone_stands_somewhere CHECK (zone_id IS NULL OR warehouse_id IS NOT NULL),
    ADD CONSTRAINT location_capacity_has_a_unit CHECK ((capacity IS NULL) = (capacity_unit IS NULL)),
    ADD CONSTRAINT location_external_is_plain CHECK (
        kind = 'storage' OR purpose = 'storage' AND capacity IS NULL AND pick_sequence IS NULL AND closed_at IS NULL
    );
COMMENT ON COLUMN location.purpose IS 'storage: goods are kept here and picked; receiving: they stand here until they are put away';
COMMENT ON COLUMN location.capacity IS 'Of goods that are counted in its unit; null: nobody has said';
COMMENT ON COLUMN location.pick_sequence IS 'The order in which pickers walk; null: after those that have one';
COMMENT ON COLUMN location.closed_at IS 'Since when nothing may be put here; nothing stood here then';

GRANT SELECT, INSERT ON zone TO yuncang_service;
GRANT UPDATE (name, closed_at) ON zone TO yuncang_service;
GRANT UPDATE (zone_id, storage_class, purpose, capacity, capacity_unit, pick_sequence, closed_at) ON location
    TO yuncang_service;

-- What stands at a location, which is asked when it is closed and when a place is suggested. No row changes its location.
CREATE INDEX balance_by_location ON balance (location_id);
