package atelier.workshop;

/** Where a recipe stands; in the order of the contract's numbers, from 1. */
public enum RecipeStatus {
    PROPOSED,
    APPROVED,
    RETIRED;

    static RecipeStatus of(int number) {
        return values()[number - 1];
    }
}
