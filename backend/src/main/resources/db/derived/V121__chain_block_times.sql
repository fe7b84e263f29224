-- Which block was the first of an epoch, without reading those before it.
create index block_by_time on derived.block (mined_at, number) where canonical;
