-- A pool counts no more than is called a quantity everywhere else, so that what thousands of them have can be added up.

-- Not checked of the rows that are there: a row beyond the bound must not keep a base from being migrated.
ALTER TABLE pool ADD CONSTRAINT pool_is_a_quantity CHECK (sellable <= 1000000000000000) NOT VALID;
