package atelier.profit;

/** Rules that are used for an epoch instead of those in force. */
interface Amendment {

    Amendment NONE = (_, rules) -> rules;

    ProfitRules of(Epoch epoch, ProfitRules inForce);
}
