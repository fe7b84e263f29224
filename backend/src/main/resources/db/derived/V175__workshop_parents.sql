-- What each work is a remix of, in the order in which its creator named them. A reorg takes off what
-- came from the blocks that are gone.
CREATE TABLE derived.work_parent (
    token_id     numeric  NOT NULL,
    position     smallint NOT NULL,
    parent       numeric  NOT NULL,
    block_number bigint   NOT NULL,
    log_index    integer  NOT NULL,
    PRIMARY KEY (token_id, position)
);
-- A work's remixes, newest first, now or after a past block, are found in the index alone.
CREATE INDEX work_parent_by_parent ON derived.work_parent (parent, block_number, log_index)
    INCLUDE (token_id);
CREATE INDEX work_parent_by_block ON derived.work_parent (block_number);

-- What a mirror that is older than this table holds already: the event has one argument besides the
-- work, a list, whose place is the first word and whose length comes before its items.
INSERT INTO derived.work_parent (token_id, position, parent, block_number, log_index)
SELECT derived.topic_uint(topic1), place, derived.uint(data, list + 1 + place), block_number, log_index
FROM (SELECT log.*, (derived.uint(data, 0) / 32)::int AS list
      FROM derived.log
      WHERE canonical AND contract = 'Works'
        AND topic0 = '\xf05b34c865e52e6d90ab881608117d607bfb0f64fb0c896b261af2721af923c8') remixed
CROSS JOIN LATERAL generate_series(0, derived.uint(data, list)::int - 1) AS place;
