package atelier.site;

import atelier.kernel.Address;
import atelier.web.WorkCard;
import java.util.List;

/** Works as the public pages hang them. */
interface Walls {

    /** Works for sale, those offered last first. */
    List<WorkCard> newest(int limit);

    /** Works that an account owns, newest first, with their price where they are for sale. */
    List<WorkCard> ownedBy(Address owner, int limit);

    /** How many works an account owns. */
    long countOwnedBy(Address owner);
}
