-- Who holds is who signs, and a hold is found by its intent: by account one would read all that was ever held.
drop index recorded.hold_account;
drop index recorded.supply_hold_account;
