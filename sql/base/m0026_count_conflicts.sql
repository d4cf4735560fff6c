-- Goods are in one open count at a time: which count has a line of them is asked when they are counted.
CREATE INDEX stock_count_line_of_place ON stock_count_line (location_id, lot_id);
