-- The whole life of an order: paid and short of goods, edited, cancelled in part; sets, several pools for one line, buyers'
-- limits. What is seldom said of an order stands beside it, so that the others pay nothing for it.

ALTER TABLE customer_order
    DROP CONSTRAINT customer_order_state_check,
    ADD CONSTRAINT customer_order_state_check CHECK (state IN (
        'held', 'committed', 'paid_short', 'picked', 'packed', 'shipped', 'released', 'cancelled', 'returned'
    )),
    ADD COLUMN revision integer NOT NULL DEFAULT 0
        CHECK (revision >= 0),
    ADD COLUMN placed_short boolean NOT NULL DEFAULT false,
    ADD COLUMN placed_total_fen bigint
        CHECK (placed_total_fen >= 0);
COMMENT ON COLUMN customer_order.revision IS 'Grows when lines are edited or cancelled in part, so that two editors do not undo each other';
COMMENT ON COLUMN customer_order.placed_short IS 'It was placed as a fact without all its goods: a repetition gets that answer for ever';

ALTER TABLE order_line
    ALTER COLUMN warehouse_id DROP NOT NULL,
    ALTER COLUMN owner_id DROP NOT NULL,
    ADD COLUMN cancelled bigint NOT NULL DEFAULT 0,
    ADD COLUMN part_of smallint,
    ADD COLUMN reason text
        CHECK (reason ~ '^[a-z_+]{1,64}$'),
    DROP CONSTRAINT order_line_claim_check,
    ADD CONSTRAINT order_line_claim_check CHECK (
        claim IN ('held', 'committed', 'short', 'picked', 'shipped', 'released')
    ),
    DROP CONSTRAINT order_line_amount_is_rounded_half_up,
    ADD CONSTRAINT order_line_amount_is_rounded_half_up CHECK (
        amount_fen = (2 * (quantity - cancelled) * price_fen + price_per) / (2 * price_per)
    ),
    ADD CONSTRAINT order_line_cancels_what_it_has CHECK (cancelled BETWEEN 0 AND quantity),
    ADD CONSTRAINT order_line_of_nothing_claims_nothing CHECK (cancelled < quantity OR claim = 'released'),
    ADD CONSTRAINT order_line_has_a_whole_pool CHECK ((warehouse_id IS NULL) = (owner_id IS NULL)),
    ADD CONSTRAINT order_line_short_of_goods_has_no_pool CHECK (claim <> 'short' OR warehouse_id IS NULL),
    ADD CONSTRAINT order_line_parts_cost_nothing CHECK (part_of IS NULL OR part_of < position AND price_fen = 0);
COMMENT ON COLUMN order_line.cancelled IS 'So much of the quantity was cancelled or edited away since; the claim is for the rest';
COMMENT ON COLUMN order_line.part_of IS
    'The line that this one is a part of: of a set''s component, or of goods from several pools. A line with parts claims by them, and has no pool';
COMMENT ON COLUMN order_line.reason IS 'Why this pool; null where there was no choice';

COMMENT ON COLUMN customer_order.placed_total_fen IS 'What it cost when it was placed, once it costs something else: a repetition gets that answer';

-- None of these columns is in an index, so that the updates can be HOT.
GRANT UPDATE (total_fen, placed_total_fen, revision) ON customer_order TO yuncang_service;
GRANT UPDATE (cancelled, amount_fen, warehouse_id, owner_id, reason) ON order_line TO yuncang_service;

-- A virtual gift set: exploded when it is ordered, each line keeping its composition as it was. Never nested.
CREATE TABLE set_component (
    set_sku_id uuid NOT NULL REFERENCES sku,
    component_sku_id uuid NOT NULL REFERENCES sku,
    quantity bigint NOT NULL
        CHECK (quantity BETWEEN 1 AND 1000000000),
    PRIMARY KEY (set_sku_id, component_sku_id),
    CONSTRAINT set_component_is_another CHECK (set_sku_id <> component_sku_id)
);
CREATE INDEX set_component_by_component ON set_component (component_sku_id);
COMMENT ON TABLE set_component IS 'What one set is made of, in base units of each component. A set has no stock of its own';
GRANT SELECT, INSERT, DELETE ON set_component TO yuncang_service;

-- How much of a SKU one buyer may have, unpaid holds included.
CREATE TABLE buyer_limit (
    sku_id uuid PRIMARY KEY REFERENCES sku,
    quantity bigint NOT NULL
        CHECK (quantity BETWEEN 1 AND 1000000000000000),
    since timestamptz NOT NULL
);
COMMENT ON COLUMN buyer_limit.since IS 'Orders placed before do not count';

-- Written under the lock of the SKU's pools, like the claims that it counts.
CREATE TABLE buyer_count (
    source text NOT NULL,
    buyer text NOT NULL
        CHECK (char_length(buyer) BETWEEN 1 AND 128 AND buyer !~ '[[:cntrl:]]'),
    sku_id uuid NOT NULL REFERENCES sku,
    since timestamptz NOT NULL,
    taken bigint NOT NULL
        CHECK (taken >= 0),
    most bigint NOT NULL,
    PRIMARY KEY (source, buyer, sku_id, since),
    CONSTRAINT buyer_count_within_the_limit CHECK (taken <= most)
) WITH (fillfactor = 80);
COMMENT ON COLUMN buyer_count.most IS 'The limit when the count last grew: lowering a limit takes nothing away from anybody';
GRANT SELECT, INSERT ON buyer_limit, buyer_count TO yuncang_service;
GRANT UPDATE (quantity, since) ON buyer_limit TO yuncang_service;
GRANT DELETE ON buyer_limit TO yuncang_service;
GRANT UPDATE (taken, most) ON buyer_count TO yuncang_service;

-- What only some orders say. No foreign key to customer_order: the same batch writes both, as with order_line.
CREATE TABLE order_terms (
    order_id uuid PRIMARY KEY,
    shop text
        CHECK (char_length(shop) BETWEEN 1 AND 64 AND shop !~ '[[:cntrl:]]'),
    buyer text
        CHECK (char_length(buyer) BETWEEN 1 AND 128 AND buyer !~ '[[:cntrl:]]'),
    ship_by timestamptz,
    ship_not_before timestamptz,
    buyer_note text
        CHECK (char_length(buyer_note) BETWEEN 1 AND 500),
    seller_note text
        CHECK (char_length(seller_note) BETWEEN 1 AND 500),
    refund_lock timestamptz,
    CONSTRAINT order_terms_ship_in_time CHECK (ship_not_before <= ship_by)
);
COMMENT ON COLUMN order_terms.buyer IS 'The buyer''s name for the source, for limits: opaque, and no recipient';
COMMENT ON COLUMN order_terms.refund_lock IS 'Since when a refund is asked for: nothing of the order leaves the house meanwhile';
GRANT SELECT, INSERT ON order_terms TO yuncang_service;
GRANT UPDATE (ship_by, ship_not_before, seller_note, refund_lock) ON order_terms TO yuncang_service;

-- An address may be corrected: each version stays until all are erased together, and the last one counts.
ALTER TABLE recipient
    ADD COLUMN version smallint NOT NULL DEFAULT 1
        CHECK (version > 0),
    DROP CONSTRAINT recipient_pkey,
    ADD PRIMARY KEY (order_id, version);
