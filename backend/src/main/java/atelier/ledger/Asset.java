package atelier.ledger;

import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import java.math.BigInteger;

/** Something that can be held in an amount. */
public sealed interface Asset {

    /** Member points, counted in units. */
    record Points() implements Asset {
        @Override
        public String toString() {
            return "points";
        }
    }

    /** A material in pieces, or a tool in uses. */
    record Supply(SupplyId id) implements Asset {
        @Override
        public String toString() {
            return "supply:" + id;
        }
    }

    /** A work: held whole, or not at all. */
    record Work(WorkId id) implements Asset {
        @Override
        public String toString() {
            return "work:" + id;
        }
    }

    /** The class it is stored under: {@code points}, {@code supply} or {@code work}. */
    default String kind() {
        return switch (this) {
            case Points _ -> "points";
            case Supply _ -> "supply";
            case Work _ -> "work";
        };
    }

    /** The number within its class: zero for points, otherwise the token id. */
    default BigInteger number() {
        return switch (this) {
            case Points _ -> BigInteger.ZERO;
            case Supply(SupplyId id) -> BigInteger.valueOf(id.number());
            case Work(WorkId id) -> id.tokenId();
        };
    }

    /** Composes an asset from what {@link #kind()} and {@link #number()} said of it. */
    static Asset of(String kind, BigInteger number) {
        return switch (kind) {
            case "points" -> new Points();
            case "supply" -> new Supply(new SupplyId(number.longValueExact()));
            case "work" -> new Work(new WorkId(number));
            default -> throw new IllegalArgumentException("No asset is called " + kind);
        };
    }
}
