-- What is over and stays over (a final block or the clock says so) is marked, so that the market
-- walks through what may be for sale and not through everything that ever was. The mark only
-- spares work: the state of what is not marked is still asked of the mirror.
alter table recorded.signed_order add column ended boolean not null default false;

-- Up to which block orders have been marked.
create table recorded.market_sweep (
    single boolean primary key default true check (single),
    height bigint not null,
    hash bytea not null
);
insert into recorded.market_sweep (height, hash) values (-1, '');

-- Every two neighbouring characters of which one is not ASCII, and every such character by itself:
-- by them words in scripts without spaces are found, of which two characters are a whole word.
create function recorded.script_grams(words text) returns text[]
    language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct gram), '{}') from (
        select substr(lower(words), place, size) as gram
        from generate_series(1, char_length(words)) place, generate_series(1, 2) size) grams
    where gram ~ '[^\x01-\x7f]'
$$;

-- What people type is sought in lower case: comparing whatever the case costs ten times as much. They
-- are columns, so that PostgreSQL knows how often words occur, and whether to look them up.
alter table recorded.signed_order
    add column sought text generated always as (lower(words)) stored,
    add column grams text[] generated always as (recorded.script_grams(words)) stored,
    alter column sought set statistics 1000;

drop index recorded.signed_order_by_recipe;
drop index recorded.signed_order_by_creator;
drop index recorded.signed_order_by_words;
drop index recorded.signed_order_by_maker;
create index signed_order_by_maker on recorded.signed_order (maker, number);
create index signed_order_newest on recorded.signed_order (number)
    where withdrawn_at is null and not ended;
create index signed_order_cheapest on recorded.signed_order (price, number desc)
    where withdrawn_at is null and not ended;
create index signed_order_dearest on recorded.signed_order (price, number)
    where withdrawn_at is null and not ended;
create index signed_order_of_recipe on recorded.signed_order (recipe, number)
    where withdrawn_at is null and not ended;
create index signed_order_of_creator on recorded.signed_order (creator, number)
    where withdrawn_at is null and not ended;
create index signed_order_by_words on recorded.signed_order using gin (sought gin_trgm_ops)
    where withdrawn_at is null and not ended;
create index signed_order_by_grams on recorded.signed_order using gin (grams)
    where withdrawn_at is null and not ended;
create index signed_order_by_expiry on recorded.signed_order (expires_at) where not ended;
