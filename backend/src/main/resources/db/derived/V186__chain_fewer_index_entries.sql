-- What is written for every transfer goes into no more indexes than somebody reads.

-- One index for each log's place instead of two: the key begins with what logs are looked for by, and grows at its end.
DROP INDEX derived.log_by_height;
ALTER TABLE derived.log DROP CONSTRAINT log_pkey;
ALTER TABLE derived.log ADD PRIMARY KEY (block_number, log_index, block_hash);

-- A holding changes with every transfer, and what it is stands in no index any more: its row is then written anew
-- beside itself, in a page with room for that, and no index hears of it.
DROP INDEX derived.holding_asset;
CREATE INDEX holding_asset ON derived.holding (asset_class, asset_id);
ALTER TABLE derived.holding SET (fillfactor = 50);
