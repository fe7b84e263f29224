package atelier.governance;

import atelier.governance.Sentence.Change;
import java.util.List;

/** What one call that we can read does, in words, and what it changes. */
record Said(String words, List<Change> changes) {}
