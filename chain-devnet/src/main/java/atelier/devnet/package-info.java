/**
 * The development chain. {@link atelier.devnet.DevChain} is the door for the application, the tests
 * and the demos: it starts a Hardhat node on loopback with funded accounts, as a child process of
 * npm's pinned Node or as a container, or anvil as the second node.
 *
 * <p>The node ({@code src/main/node}, JavaScript) mines when there is something to mine, then as
 * many empty blocks as make it final, and none while idle; each block bears the wall clock's time.
 * With a data folder every block is written and synced to {@code chain.journal} before any request
 * can see it, and a start replays the journal to the same hashes. {@code evm_revert} cuts the
 * journal back with the chain; calls that change the state beside the blocks ({@code
 * hardhat_setBalance} and their like) are refused there, because only blocks are kept. A chain in
 * memory takes them.
 */
@NullMarked
package atelier.devnet;

import org.jspecify.annotations.NullMarked;
