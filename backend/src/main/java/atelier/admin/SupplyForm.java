package atelier.admin;

import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.workshop.NewSupply;
import atelier.workshop.SupplyKind;
import java.util.UUID;

/** What an admin fills in to offer a material or a tool. */
public class SupplyForm {

    private static final int LONGEST_NUMBER = 30;

    private String kind = SupplyKind.MATERIAL.name();
    private String name = "";
    private String supplier = "";
    private String price = "";
    private String stock = "";

    NewSupply supply() {
        return new NewSupply(kindOf(kind), name, supplierOf(supplier), points(price), count(stock));
    }

    private static SupplyKind kindOf(String kind) {
        try {
            return SupplyKind.valueOf(kind);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("supply.kind");
        }
    }

    private static MemberId supplierOf(String supplier) {
        try {
            return new MemberId(UUID.fromString(supplier));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("supply.supplier");
        }
    }

    static TokenAmount points(String text) {
        try {
            return TokenAmount.parsePoints(limited(text));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("points.invalid");
        }
    }

    static long count(String text) {
        try {
            return Long.parseLong(limited(text).strip());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("count.invalid");
        }
    }

    private static String limited(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("Too long for a number");
        }
        return text;
    }

    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getSupplier() {
        return supplier;
    }

    public void setSupplier(String supplier) {
        this.supplier = supplier;
    }

    public String getPrice() {
        return price;
    }

    public void setPrice(String price) {
        this.price = price;
    }

    public String getStock() {
        return stock;
    }

    public void setStock(String stock) {
        this.stock = stock;
    }
}
