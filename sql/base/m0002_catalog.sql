-- What is sold, how it is counted, and what it costs.

CREATE TABLE category (
    code text PRIMARY KEY
        CHECK (code ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]')
);

CREATE TABLE product (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES owner,
    category_code text REFERENCES category,
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    created_at timestamptz NOT NULL
);
COMMENT ON COLUMN product.owner_id IS 'Who lists it. Whose the goods are stands on each lot: a brand may sell several cooperatives'' goods';

CREATE TABLE sku (
    id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product,
    code text NOT NULL UNIQUE
        CHECK (code ~ '^[!-~]{1,64}$'),
    name text NOT NULL
        CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    base_unit text NOT NULL
        CHECK (base_unit IN ('piece', 'gram')),
    created_at timestamptz NOT NULL
);
COMMENT ON COLUMN sku.base_unit IS 'Every quantity of the SKU is counted in it, so it never changes';

CREATE TABLE sku_price (
    sku_id uuid PRIMARY KEY REFERENCES sku,
    fen bigint NOT NULL
        CHECK (fen BETWEEN 0 AND 1000000000000),
    per_quantity bigint NOT NULL
        CHECK (per_quantity BETWEEN 1 AND 1000000000)
);
COMMENT ON TABLE sku_price IS
    'The list price: fen per stated quantity of base units, 22 yuan a kilogram is 2,200 per 1,000 g. Order lines keep their own copy';

-- Column by column: an id, a code and a base unit are for ever.
GRANT SELECT, INSERT ON category, product, sku, sku_price TO yuncang_service;
GRANT UPDATE (name) ON category TO yuncang_service;
GRANT UPDATE (name, category_code) ON product TO yuncang_service;
GRANT UPDATE (name) ON sku TO yuncang_service;
GRANT UPDATE (fen, per_quantity) ON sku_price TO yuncang_service;
