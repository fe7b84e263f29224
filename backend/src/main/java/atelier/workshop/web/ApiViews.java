package atelier.workshop.web;

import atelier.chain.BlockName;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.kernel.WorkId;
import atelier.web.Units;
import atelier.workshop.Draft;
import atelier.workshop.MakeQuote;
import atelier.workshop.Ownership;
import atelier.workshop.Party;
import atelier.workshop.RecipeView;
import atelier.workshop.SupplyView;
import atelier.workshop.WorkView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the workshop's API answers with. */
final class ApiViews {

    private ApiViews() {}

    /** Someone, by account and name. */
    record Person(String account, @Nullable String member, String name) {

        static Person of(Party party) {
            return new Person(
                    party.account().toString(),
                    party.member() == null ? null : party.member().toString(),
                    party.name());
        }
    }

    /** A material or a tool. */
    record Supply(
            long id, String kind, String name, Person supplier, Units price, BigInteger stock) {

        static Supply of(SupplyView supply) {
            return new Supply(
                    supply.id().number(),
                    supply.kind().name().toLowerCase(Locale.ROOT),
                    supply.name(),
                    Person.of(supply.supplier()),
                    Units.of(supply.price()),
                    supply.stock());
        }
    }

    /** A recipe. */
    record Recipe(
            long id,
            String status,
            String title,
            String description,
            Person author,
            Units fee,
            Units authorFee,
            Units treasuryFee,
            List<Input> inputs,
            long made,
            String definitionHash,
            @Nullable Long supersedes,
            Instant proposed) {

        /** One thing it takes. */
        record Input(Supply supply, long amount, Units supplierCost, Units platformCost) {

            static Input of(RecipeView.Input input) {
                return new Input(
                        Supply.of(input.supply()),
                        input.amount(),
                        Units.of(input.supplierCost()),
                        Units.of(input.platformCost()));
            }
        }

        static Recipe of(RecipeView recipe) {
            return new Recipe(
                    recipe.id().number(),
                    recipe.status().name().toLowerCase(Locale.ROOT),
                    recipe.title(),
                    recipe.description(),
                    Person.of(recipe.author()),
                    Units.of(recipe.fee()),
                    Units.of(recipe.authorFee()),
                    Units.of(recipe.treasuryFee()),
                    recipe.inputs().stream().map(Input::of).toList(),
                    recipe.made(),
                    recipe.definitionHash().toString(),
                    recipe.supersedes() == null ? null : recipe.supersedes().number(),
                    recipe.proposed());
        }
    }

    /** What making costs the caller now. */
    record Quote(
            long recipe,
            List<Line> lines,
            Units authorFee,
            Units treasuryFee,
            Units total,
            Units available,
            Units missing,
            boolean possible) {

        /** One input. */
        record Line(
                long supply,
                String name,
                BigInteger needed,
                BigInteger have,
                BigInteger missing,
                Units supplierCost,
                Units platformCost) {

            static Line of(MakeQuote.Line line) {
                return new Line(
                        line.supply().id().number(),
                        line.supply().name(),
                        line.needed(),
                        line.have(),
                        line.missing(),
                        Units.of(line.supplierCost()),
                        Units.of(line.platformCost()));
            }
        }

        static Quote of(MakeQuote quote) {
            return new Quote(
                    quote.recipe().id().number(),
                    quote.lines().stream().map(Line::of).toList(),
                    Units.of(quote.authorFee()),
                    Units.of(quote.treasuryFee()),
                    Units.of(quote.total()),
                    Units.of(quote.available()),
                    Units.of(quote.shortBy()),
                    quote.obstacle().isEmpty());
        }
    }

    /** A draft. */
    record DraftView(
            String id,
            long recipe,
            String picture,
            String title,
            String description,
            List<String> parents,
            Instant created,
            @Nullable String intent,
            @Nullable String work) {

        static DraftView of(Draft draft) {
            return new DraftView(
                    draft.id().toString(),
                    draft.recipe().number(),
                    draft.picture().toString(),
                    draft.title(),
                    draft.description(),
                    draft.parents().stream().map(WorkId::toString).toList(),
                    draft.created(),
                    draft.intent() == null ? null : draft.intent().toString(),
                    draft.work() == null ? null : draft.work().toString());
        }
    }

    /** A work; token ids, its own and those of the works it is a remix of, are decimal text. */
    record Work(
            String id,
            String title,
            String description,
            String contentHash,
            String picture,
            Person creator,
            Person owner,
            long recipe,
            String recipeTitle,
            long serial,
            long transferNonce,
            long block,
            String tx,
            Instant minted,
            Instant acquired,
            List<String> parents,
            List<Owner> provenance) {

        /** Who had it from when on. */
        record Owner(Person owner, long nonce, long block, String tx, Instant since) {

            static Owner of(Ownership ownership) {
                return new Owner(
                        Person.of(ownership.owner()),
                        ownership.nonce(),
                        ownership.block(),
                        ownership.tx().toString(),
                        ownership.since());
            }
        }

        static Work of(
                WorkView work, Map<WorkId, List<WorkId>> parents, List<Ownership> provenance) {
            return new Work(
                    work.id().toString(),
                    work.title(),
                    work.description(),
                    work.contentHash().toString(),
                    work.picture(),
                    Person.of(work.creator()),
                    Person.of(work.owner()),
                    work.recipe().number(),
                    work.recipeTitle(),
                    work.serial(),
                    work.transferNonce(),
                    work.minted().block(),
                    work.minted().tx().toString(),
                    work.minted().at(),
                    work.acquired(),
                    parents.getOrDefault(work.id(), List.of()).stream()
                            .map(WorkId::toString)
                            .toList(),
                    provenance.stream().map(Owner::of).toList());
        }
    }

    /** Something that is on its way; watch it at {@code href}. */
    record Progress(String intent, String kind, String state, String href) {

        static Progress of(Intent intent) {
            return new Progress(
                    intent.id().toString(),
                    intent.kind(),
                    name(intent.state()),
                    "/api/v1/intents/" + intent.id());
        }

        private static String name(IntentState state) {
            return switch (state) {
                case IntentState.Waiting _ -> "waiting";
                case IntentState.Sent _ -> "sent";
                case IntentState.InBlock _ -> "in-block";
                case IntentState.Final _ -> "final";
                case IntentState.Failed _ -> "failed";
                case IntentState.Lost _ -> "lost";
            };
        }
    }

    /** Whose a work was after a past block, since when, and how often it had been transferred. */
    record WorkThen(BlockName asOf, String id, String owner, long transferNonce, Instant since) {}

    /** Works as they were after a past block, by id. */
    record WorksThen(BlockName asOf, List<String> works) {}
}
