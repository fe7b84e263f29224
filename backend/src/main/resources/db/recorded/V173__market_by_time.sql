-- What was on offer at a past block begins with what had been signed by then.
create index signed_order_by_time on recorded.signed_order (created_at);
