package atelier.chain.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** An intent in a word and a colour, in the reader's language. */
@Component("intentWords")
public class IntentWords {

    private final MessageSource messages;

    IntentWords(MessageSource messages) {
        this.messages = messages;
    }

    /** {@code w} on its way, {@code b} in a block, {@code f} final, {@code x} failed. */
    public String tone(IntentState state) {
        return switch (state) {
            case IntentState.Waiting _, IntentState.Sent _ -> "w";
            case IntentState.InBlock _ -> "b";
            case IntentState.Final _ -> "f";
            case IntentState.Failed _, IntentState.Lost _ -> "x";
        };
    }

    /** How far it is. */
    public String words(IntentState state) {
        return words(state, LocaleContextHolder.getLocale());
    }

    String words(IntentState state, Locale language) {
        String key =
                switch (state) {
                    case IntentState.Waiting _, IntentState.Sent _ -> "web.state.waiting";
                    case IntentState.InBlock _ -> "web.state.in-block";
                    case IntentState.Final _ -> "web.state.final";
                    case IntentState.Failed _ -> "web.state.failed";
                    case IntentState.Lost _ -> "intents.lost";
                };
        return messages.getMessage(key, null, language);
    }

    /** What it is that is on its way. */
    public String kind(Intent intent) {
        Locale language = LocaleContextHolder.getLocale();
        String other = messages.getMessage("intents.kind.other", null, language);
        return String.valueOf(
                messages.getMessage("intent.kind." + intent.kind(), null, other, language));
    }
}
