package atelier.governance;

import atelier.kernel.Refused;
import java.util.Locale;

/** Why a ballot does not count, by the Council's numbers, which begin at 1. */
enum BallotRefusal {
    NO_SEAT,
    NOT_IN_ELECTORATE,
    OLDER_BALLOT,
    VOTE_LOCKED,
    UNKNOWN_CHOICE,
    NOT_SIGNED;

    static BallotRefusal ofNumber(int number) {
        return values()[number - 1];
    }

    /** The same in words for its owner. */
    Refused refused() {
        return Refused.conflict("ballot." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
