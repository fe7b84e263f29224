package atelier.profit;

import atelier.kernel.Address;

/** Is told what each fact of an epoch brings whom. */
interface Witness {

    Witness NONE = (_, _, _) -> {};

    void sees(Epoch epoch, Address account, Deed deed);
}
