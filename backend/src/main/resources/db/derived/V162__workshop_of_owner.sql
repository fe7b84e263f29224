-- A page deep in a large collection is found in the index alone, without its works.
drop index derived.work_of_owner;
create index work_of_owner on derived.work (owner, block_number, log_index) include (token_id);
