package atelier.chain;

/**
 * Published after some intents were submitted or changed, in whichever process; which ones to ask.
 */
public record IntentsChanged() {}
