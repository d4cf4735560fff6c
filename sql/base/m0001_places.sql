-- Where goods stand and whose they are. One base is one schema: the runner sets search_path, no file names a schema.
-- Ids are UUIDv7 made by the service from the database's clock.

DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO yuncang_service', current_schema());
END
$$;

CREATE TABLE warehouse (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE
        CHECK (code ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    created_at timestamptz NOT NULL
);

CREATE TABLE location (
    id uuid PRIMARY KEY,
    warehouse_id uuid REFERENCES warehouse,
    code text NOT NULL
        CHECK (code ~ '^[!-~]{1,64}$'),
    kind text NOT NULL
        CHECK (kind IN ('storage', 'supplier', 'customer', 'in_transit', 'loss', 'production')),
    storage_class text
        CHECK (storage_class IN ('ambient', 'chilled', 'frozen')),
    created_at timestamptz NOT NULL,
    CONSTRAINT location_code_unique UNIQUE NULLS NOT DISTINCT (warehouse_id, code),
    -- A storage location stands in a warehouse and has a temperature; the external ones are places of the ledger only.
    CONSTRAINT location_storage_stands_somewhere CHECK (
        (kind = 'storage') = (warehouse_id IS NOT NULL) AND (kind = 'storage') = (storage_class IS NOT NULL)
    )
);
COMMENT ON TABLE location IS
    'A place that goods move from or to. The external kinds have no balance row: their sums come from the ledger';

-- Every base has the same external locations under the same ids, so that no statement has to look them up.
INSERT INTO location (id, warehouse_id, code, kind, storage_class, created_at) VALUES
    ('00000000-0000-7000-8000-000000000001', NULL, 'supplier', 'supplier', NULL, statement_timestamp()),
    ('00000000-0000-7000-8000-000000000002', NULL, 'customer', 'customer', NULL, statement_timestamp()),
    ('00000000-0000-7000-8000-000000000003', NULL, 'in-transit', 'in_transit', NULL, statement_timestamp()),
    ('00000000-0000-7000-8000-000000000004', NULL, 'loss', 'loss', NULL, statement_timestamp()),
    ('00000000-0000-7000-8000-000000000005', NULL, 'production', 'production', NULL, statement_timestamp());

CREATE TABLE owner (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE
        CHECK (code ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    kind text NOT NULL
        CHECK (kind IN ('cooperative', 'brand')),
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE owner IS 'Whose goods they are (货主): a cooperative (合作社) or a brand client (品牌客户)';

GRANT SELECT, INSERT ON warehouse, location, owner TO yuncang_service;
