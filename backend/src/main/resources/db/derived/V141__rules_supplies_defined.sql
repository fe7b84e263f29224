-- What a purchase brought depends on the supply's kind, and that was said once, long before.
create index log_supply_defined on derived.log (block_number, topic1)
    where canonical and contract = 'Supplies'
      and topic0 = '\x7c43796b04f2726c905686860daccabc0973b2062bf70e4136c1fe2be8bd7a1d';
