package atelier.kernel;

/** A version of a recipe: the number that the workshop's contract gave it, from 1. */
public record RecipeId(long number) {

    public RecipeId {
        if (number < 1) {
            throw new IllegalArgumentException("A recipe's number starts at 1, not " + number);
        }
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
