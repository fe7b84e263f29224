/**
 * What a community's contracts are: in which order they are created, with which arguments, and how
 * they are wired together. Pure description; the chain's own classes send it step by step.
 */
@NullMarked
package atelier.chain.deploy;

import org.jspecify.annotations.NullMarked;
