-- What buyers bought. The intake writes these tables in batches; each index and each foreign key here is paid per order.

CREATE TABLE customer_order (
    id uuid PRIMARY KEY,
    source text NOT NULL
        CHECK (octet_length(source) BETWEEN 1 AND 64),
    reference text NOT NULL
        CHECK (octet_length(reference) BETWEEN 1 AND 128),
    fingerprint bytea NOT NULL
        CHECK (octet_length(fingerprint) = 32),
    state text NOT NULL
        CHECK (state IN ('held', 'committed', 'picked', 'packed', 'shipped', 'released', 'cancelled', 'returned')),
    total_fen bigint NOT NULL
        CHECK (total_fen >= 0),
    placed_at timestamptz NOT NULL,
    CONSTRAINT customer_order_once_per_source UNIQUE (source, reference)
) WITH (fillfactor = 80);
COMMENT ON COLUMN customer_order.fingerprint IS 'SHA-256 of the request, without its recipient: another body under the same reference is a conflict';
COMMENT ON COLUMN customer_order.state IS 'Changes, so no index names it: overdue holds are found by id, which is their time';

-- Foreign keys that are left out, because the transaction that inserts has already proved them; `verify` looks for strays:
--   order_line.order_id -> customer_order        both are written by the same batch, and the service cannot DELETE
--   order_line.(sku, warehouse, owner) -> pool   the pool row is locked FOR NO KEY UPDATE by the same transaction, its key
--                                                cannot be updated, and the pool refers to sku, warehouse and owner itself
--   order_line.sku_id -> sku                     follows from the pool
-- Their price, in batches of 200 orders of one line on one connection with fsync on two cores (medians of three, µs per order):
-- none of them 24, with the first 32, with the second 30, with the third 32, with all three 49. (41,800 orders/s to 20,400.)
CREATE TABLE order_line (
    order_id uuid NOT NULL,
    position smallint NOT NULL
        CHECK (position > 0),
    sku_id uuid NOT NULL,
    warehouse_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    quantity bigint NOT NULL
        CHECK (quantity BETWEEN 1 AND 1000000000000000),
    price_fen bigint NOT NULL
        CHECK (price_fen BETWEEN 0 AND 1000000000000),
    price_per bigint NOT NULL
        CHECK (price_per BETWEEN 1 AND 1000000000),
    amount_fen bigint NOT NULL,
    claim text NOT NULL
        CHECK (claim IN ('held', 'committed', 'picked', 'shipped', 'released')),
    expires_at timestamptz,
    PRIMARY KEY (order_id, position),
    -- The one rounding rule, half up to whole fen, in integers.
    CONSTRAINT order_line_amount_is_rounded_half_up CHECK (
        amount_fen = (2 * quantity * price_fen + price_per) / (2 * price_per)
    ),
    CONSTRAINT order_line_only_holds_expire CHECK ((claim = 'held') = (expires_at IS NOT NULL))
) WITH (fillfactor = 80);
COMMENT ON TABLE order_line IS 'A line carries its price as it was, and its claim on the pool (sku, warehouse, owner)';

GRANT SELECT, INSERT ON customer_order, order_line TO yuncang_service;
