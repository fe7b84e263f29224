-- Pages show works newest first, all of them or of one owner, creator or recipe: each reads its page
-- from an index in that order instead of sorting everything there is.
create index work_newest on derived.work (block_number, log_index);
create index work_of_owner on derived.work (owner, block_number, log_index);
create index work_of_creator on derived.work (creator, block_number, log_index);
create index work_of_recipe on derived.work (recipe, block_number, log_index);
drop index derived.work_by_owner;
drop index derived.work_by_creator;
