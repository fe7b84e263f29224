package atelier.ledger;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/**
 * What the features' events say of one operation: a forwarded request in its transaction, or the
 * whole transaction where nothing was forwarded. From it follows why something moved in it.
 */
final class Operation {

    /** Somebody who was paid just so much. */
    private record Paid(Address to, BigInteger amount) {}

    private final Set<Paid> sellers = new HashSet<>();
    private final Set<Paid> creators = new HashSet<>();
    private final Set<Paid> authors = new HashSet<>();
    private final Set<Paid> suppliers = new HashSet<>();
    private boolean sold;
    private boolean made;
    private boolean collected;

    /** Takes in an event of the operation. */
    void hear(ContractLog log) {
        if (log.contract() == ContractKind.MARKET && log.is(Topics.SOLD)) {
            sold = true;
            sellers.add(new Paid(log.address(0), log.number(2)));
            creators.add(new Paid(log.address(3), log.number(4)));
            authors.add(new Paid(log.address(5), log.number(6)));
        } else if (log.contract() == ContractKind.WORKSHOP && log.is(Topics.BOUGHT)) {
            made = true;
            suppliers.add(new Paid(log.addressTopic(3), log.number(1)));
        } else if (log.contract() == ContractKind.WORKSHOP && log.is(Topics.CRAFTED)) {
            made = true;
        } else if (log.contract() == ContractKind.TREASURY && log.is(Topics.COLLECTED)) {
            collected = true;
        }
    }

    /** Whether this ends an operation; what follows in the transaction is another's. */
    static boolean endsWith(ContractLog log) {
        return log.is(Topics.FORWARDED);
    }

    /** Why something moved. */
    Code reason(Movement movement, Set<Address> treasuries) {
        return switch (movement.assetClass()) {
            case "points" -> points(movement, treasuries);
            case "supply" -> supply(movement);
            default -> work(movement);
        };
    }

    private Code points(Movement movement, Set<Address> treasuries) {
        if (movement.issues()) {
            return Code.ISSUE;
        }
        Paid paid = new Paid(movement.recipient(), movement.amount());
        if (sold) {
            return sale(paid);
        }
        if (collected) {
            return Code.COLLECT;
        }
        if (made) {
            return making(paid, treasuries);
        }
        return Code.TRANSFER;
    }

    private Code sale(Paid paid) {
        if (sellers.contains(paid)) {
            return Code.SALE;
        }
        if (creators.contains(paid)) {
            return Code.CREATOR_ROYALTY;
        }
        return authors.contains(paid) ? Code.AUTHOR_ROYALTY : Code.TRADING_FEE;
    }

    private Code making(Paid paid, Set<Address> treasuries) {
        if (treasuries.contains(paid.to())) {
            return Code.WORKSHOP_FEE;
        }
        return suppliers.contains(paid) ? Code.SUPPLY : Code.RECIPE_FEE;
    }

    private Code supply(Movement movement) {
        if (movement.issues()) {
            return Code.STOCK;
        }
        if (movement.usesUp()) {
            return Code.CRAFT;
        }
        return made ? Code.SUPPLY : Code.TRANSFER;
    }

    private Code work(Movement movement) {
        if (movement.issues()) {
            return Code.CRAFT;
        }
        return sold ? Code.SALE : Code.TRANSFER;
    }
}
