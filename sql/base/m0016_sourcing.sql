-- Which pools serve an order where there is a choice, as data of each base. Without a rule: in the order of their keys.

CREATE TABLE sourcing_rule (
    id uuid PRIMARY KEY,
    sku_id uuid REFERENCES sku,
    criteria text NOT NULL
        CHECK (criteria ~ '^(quota|rotation|earliest_expiry|nearest)([+](quota|rotation|earliest_expiry|nearest)){0,3}$'),
    CONSTRAINT sourcing_rule_once UNIQUE NULLS NOT DISTINCT (sku_id)
);
COMMENT ON COLUMN sourcing_rule.sku_id IS 'Null: for every SKU without a rule of its own';
COMMENT ON COLUMN sourcing_rule.criteria IS 'The first that tells two pools apart decides';

CREATE TABLE sourcing_share (
    id uuid PRIMARY KEY,
    sku_id uuid REFERENCES sku,
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    owner_id uuid NOT NULL REFERENCES owner,
    weight integer NOT NULL
        CHECK (weight BETWEEN 1 AND 10000),
    CONSTRAINT sourcing_share_once UNIQUE NULLS NOT DISTINCT (sku_id, warehouse_id, owner_id)
);
COMMENT ON TABLE sourcing_share IS 'How much of what is sold each owner''s goods are to be, as weights';
COMMENT ON COLUMN sourcing_share.sku_id IS 'Null: for every SKU without shares of its own';

-- Written by each batch under the locks of the SKU's pools, and no foreign key for the same reasons as order_line has none.
-- No index but the key: both numbers change with every order.
CREATE TABLE sourcing_taken (
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    taken bigint NOT NULL
        CHECK (taken >= 0),
    turn bigint NOT NULL
        CHECK (turn >= 0),
    PRIMARY KEY (sku_id, warehouse_id, owner_id)
) WITH (
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0
);
COMMENT ON COLUMN sourcing_taken.taken IS 'What orders were given from the pool since the shares were last changed';
COMMENT ON COLUMN sourcing_taken.turn IS 'Grows within the SKU: the pool with the least was served the longest time ago';

CREATE TABLE delivery_zone (
    warehouse_id uuid NOT NULL REFERENCES warehouse,
    region text NOT NULL
        CHECK (char_length(region) BETWEEN 1 AND 100 AND region !~ '[[:cntrl:]]'),
    rank integer NOT NULL
        CHECK (rank BETWEEN 1 AND 1000),
    PRIMARY KEY (warehouse_id, region)
);
COMMENT ON COLUMN delivery_zone.region IS 'How regions of recipients begin; of several of a warehouse that fit, the longest counts';
COMMENT ON COLUMN delivery_zone.rank IS 'The less, the nearer';

GRANT SELECT, INSERT, DELETE ON sourcing_rule, sourcing_share, sourcing_taken, delivery_zone TO yuncang_service;
GRANT UPDATE (criteria) ON sourcing_rule TO yuncang_service;
GRANT UPDATE (taken, turn) ON sourcing_taken TO yuncang_service;
