package atelier.workshop.web;

import atelier.kernel.SupplyId;
import atelier.workshop.NewRecipe;
import java.util.ArrayList;
import java.util.List;

/** What a member fills in to propose a recipe: words, fee, and up to eight inputs. */
public class RecipeForm {

    private String title = "";
    private String description = "";
    private String fee = "";
    private String supersedes = "";
    private List<Row> inputs = new ArrayList<>();

    /** One line of the inputs; without a supply it says nothing. */
    public static class Row {

        private String supply = "";
        private String amount = "";

        public String getSupply() {
            return supply;
        }

        public void setSupply(String supply) {
            this.supply = supply;
        }

        public String getAmount() {
            return amount;
        }

        public void setAmount(String amount) {
            this.amount = amount;
        }

        boolean filled() {
            return !supply.isBlank();
        }
    }

    /** Lines enough for the most inputs there may be. */
    public RecipeForm() {
        for (int i = 0; i < NewRecipe.MOST_INPUTS; i++) {
            inputs.add(new Row());
        }
    }

    NewRecipe wish() {
        return new NewRecipe(
                title,
                description,
                Numbers.points(fee),
                inputs.stream().filter(Row::filled).map(RecipeForm::input).toList(),
                supersedes.isBlank() ? null : Paths.recipe(supersedes));
    }

    private static NewRecipe.Input input(Row row) {
        SupplyId supply = Paths.supply(row.getSupply());
        return new NewRecipe.Input(supply, Numbers.count(row.getAmount()));
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public String getFee() {
        return fee;
    }

    public void setFee(String fee) {
        this.fee = fee;
    }

    public String getSupersedes() {
        return supersedes;
    }

    public void setSupersedes(String supersedes) {
        this.supersedes = supersedes;
    }

    public List<Row> getInputs() {
        return inputs;
    }

    public void setInputs(List<Row> inputs) {
        this.inputs = inputs;
    }
}
