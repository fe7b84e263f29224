-- Every header that was ever canonical for us. What a reorg takes away stays, marked.
CREATE TABLE derived.block (
    number      bigint NOT NULL,
    hash        bytea PRIMARY KEY,
    parent_hash bytea NOT NULL,
    mined_at    timestamptz NOT NULL,
    canonical   boolean NOT NULL
);
CREATE UNIQUE INDEX block_canonical ON derived.block (number) WHERE canonical;
CREATE INDEX block_orphaned ON derived.block (number) WHERE NOT canonical;

-- Every log of the community's contracts; contract is its name in the Directory.
CREATE TABLE derived.log (
    block_number bigint NOT NULL,
    block_hash   bytea NOT NULL,
    log_index    integer NOT NULL,
    tx_hash      bytea NOT NULL,
    tx_index     integer NOT NULL,
    contract     text NOT NULL,
    address      bytea NOT NULL,
    topic0       bytea,
    topic1       bytea,
    topic2       bytea,
    topic3       bytea,
    data         bytea NOT NULL,
    canonical    boolean NOT NULL,
    PRIMARY KEY (block_hash, log_index)
);
CREATE INDEX log_by_height ON derived.log (block_number, log_index) WHERE canonical;
CREATE INDEX log_orphaned ON derived.log (block_number) WHERE NOT canonical;
CREATE INDEX log_by_transaction ON derived.log (tx_hash);

-- How far the mirror is; the transaction that writes a range moves it.
CREATE TABLE derived.cursor (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    era    integer NOT NULL,
    start  bigint NOT NULL,
    height bigint NOT NULL,
    hash   bytea NOT NULL
);

-- A 256-bit big-endian word as a number, in parts of 32 bits: a bigint cannot hold 64 without a sign.
CREATE FUNCTION derived.word_uint(word bytea) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (('x' || encode(substr(word, 1, 4), 'hex'))::bit(32)::bigint::numeric * 26959946667150639794667015087019630673637144422540572481103610249216
          + ('x' || encode(substr(word, 5, 4), 'hex'))::bit(32)::bigint::numeric * 6277101735386680763835789423207666416102355444464034512896
          + ('x' || encode(substr(word, 9, 4), 'hex'))::bit(32)::bigint::numeric * 1461501637330902918203684832716283019655932542976
          + ('x' || encode(substr(word, 13, 4), 'hex'))::bit(32)::bigint::numeric * 340282366920938463463374607431768211456
          + ('x' || encode(substr(word, 17, 4), 'hex'))::bit(32)::bigint::numeric * 79228162514264337593543950336
          + ('x' || encode(substr(word, 21, 4), 'hex'))::bit(32)::bigint::numeric * 18446744073709551616
          + ('x' || encode(substr(word, 25, 4), 'hex'))::bit(32)::bigint::numeric * 4294967296
          + ('x' || encode(substr(word, 29, 4), 'hex'))::bit(32)::bigint::numeric);

-- The n-th 32-byte word of ABI-encoded data, from 0, as a number, an address, 32 bytes.
CREATE FUNCTION derived.uint(data bytea, word integer) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN derived.word_uint(substr(data, word * 32 + 1, 32));

CREATE FUNCTION derived.addr(data bytea, word integer) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN substr(data, word * 32 + 13, 20);

CREATE FUNCTION derived.bytes32(data bytea, word integer) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN substr(data, word * 32 + 1, 32);

CREATE FUNCTION derived.topic_uint(topic bytea) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN derived.word_uint(topic);

CREATE FUNCTION derived.topic_addr(topic bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN substr(topic, 13, 20);

-- The string whose offset stands in the n-th word; what is not UTF-8 shows as U+FFFD, for text on
-- chain is anyone's.
CREATE FUNCTION derived.text_at(data bytea, word integer) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    place integer;
    length integer;
BEGIN
    place := derived.uint(data, word)::integer;
    length := derived.word_uint(substr(data, place + 1, 32))::integer;
    RETURN convert_from(substr(data, place + 33, length), 'UTF8');
EXCEPTION
    WHEN character_not_in_repertoire OR untranslatable_character THEN
        RETURN chr(65533);
    WHEN numeric_value_out_of_range OR substring_error THEN
        RETURN NULL;
END $$;
