package atelier.kernel;

import java.util.UUID;

/** A member, as the database knows them; never on chain. */
public record MemberId(UUID id) {

    @Override
    public String toString() {
        return id.toString();
    }
}
