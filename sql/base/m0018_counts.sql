-- What can be counted again, and what bounds it.

-- A pool counts no more than is called a quantity everywhere else, so that what thousands of them have can be added up. Not
-- checked of the rows that are there: a row beyond the bound must not keep a base from being migrated.
ALTER TABLE pool ADD CONSTRAINT pool_is_a_quantity CHECK (sellable <= 1000000000000000) NOT VALID;

-- The last part of a set can be lost without any other row of its order saying so. Of the orders that are there it is not known:
-- what is lost of them already would be taken for right.
ALTER TABLE customer_order ADD COLUMN line_count smallint
    CHECK (line_count > 0);
COMMENT ON COLUMN customer_order.line_count IS 'How many lines and parts it has been given; null for orders from before they were counted';

-- In no index, so that the updates can be HOT.
GRANT UPDATE (line_count) ON customer_order TO yuncang_service;
