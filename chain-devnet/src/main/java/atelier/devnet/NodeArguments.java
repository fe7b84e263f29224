package atelier.devnet;

import java.util.ArrayList;
import java.util.List;

/** What every way of starting tells the node script. */
final class NodeArguments {

    private NodeArguments() {}

    static List<String> of(DevChain.Options options) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--confirmations=" + options.confirmations());
        arguments.add("--interval=" + options.blockInterval().toMillis());
        if (options.mode() == DevChain.Mode.ANVIL) {
            arguments.add("--anvil");
        }
        return arguments;
    }
}
