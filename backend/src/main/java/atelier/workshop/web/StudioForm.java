package atelier.workshop.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** What a member fills in to begin a work: a new picture or a chosen one, recipe, words. */
public class StudioForm {

    private @Nullable MultipartFile picture;
    private String chosen = "";
    private String recipe = "";
    private String title = "";
    private String description = "";

    public @Nullable MultipartFile getPicture() {
        return picture;
    }

    public void setPicture(@Nullable MultipartFile picture) {
        this.picture = picture;
    }

    public String getChosen() {
        return chosen;
    }

    public void setChosen(String chosen) {
        this.chosen = chosen;
    }

    public String getRecipe() {
        return recipe;
    }

    public void setRecipe(String recipe) {
        this.recipe = recipe;
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
}
