-- How much of the price (basis points) the maker lets later rules take from their part; an offer
-- made anew starts from it. Older orders signed the exact net of their day.
alter table recorded.signed_order add column slack int not null default 0 check (slack between 0 and 4500);
alter table recorded.signed_order alter column slack drop default;
