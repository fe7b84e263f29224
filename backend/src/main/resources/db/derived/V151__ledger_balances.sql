-- What a posting left on its account, so that a page of a statement reads its own rows and no others.
alter table derived.posting add column balance numeric not null default 0;
alter table derived.posting alter column balance drop default;

update derived.posting set balance = counted.balance
from (
    select ctid as place, sum(amount) over (
        partition by account, asset_class, asset_id order by block_number, log_index, item) as balance
    from derived.posting where canonical) counted
where posting.ctid = counted.place;
