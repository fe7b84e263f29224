package atelier.workshop.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * What a member fills in to begin a work: a new picture or a chosen one, recipe, words, and what it
 * is a remix of.
 */
public class StudioForm {

    private @Nullable MultipartFile picture;
    private String chosen = "";
    private String recipe = "";
    private String title = "";
    private String description = "";
    private List<String> parents = new ArrayList<>();

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

    public List<String> getParents() {
        return parents;
    }

    public void setParents(List<String> parents) {
        this.parents = parents;
    }
}
