package atelier.audit;

import atelier.kernel.Address;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an audit is asked for.
 *
 * @param epoch the one whose statement is checked, if not all are
 */
record AuditOptions(URI rpc, Address directory, Optional<Long> epoch) {

    private static final Set<String> KNOWN = Set.of("--rpc", "--directory", "--epoch");
    private static final String USAGE =
            """
            Usage: audit --rpc URL --directory ADDRESS [--epoch N]
              URL      a node of the community's chain, such as http://127.0.0.1:8545
              ADDRESS  the community's Directory, 0x and 40 digits
              N        a closed epoch: check no other statement than its own\
            """;

    /** The arguments are not as they should be; the message says how. */
    static final class Wrong extends RuntimeException {
        private Wrong(String problem) {
            super(problem + "\n" + USAGE);
        }
    }

    /**
     * Reads the arguments after the command's own name, as {@code --name value} or {@code
     * --name=value}.
     *
     * @throws Wrong if one is missing, unknown or malformed
     */
    static AuditOptions parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i];
            int equals = name.indexOf('=');
            String value;
            if (equals > 0) {
                value = name.substring(equals + 1);
                name = name.substring(0, equals);
            } else {
                i++;
                value = i < arguments.length ? arguments[i] : "";
            }
            if (!KNOWN.contains(name)) {
                throw new Wrong("There is no option " + name + ".");
            }
            if (value.isEmpty() || given.put(name, value) != null) {
                throw new Wrong(name + " needs one value.");
            }
        }
        return new AuditOptions(
                url(given.get("--rpc")),
                address(given.get("--directory")),
                Optional.ofNullable(given.get("--epoch")).map(AuditOptions::number));
    }

    private static URI url(@Nullable String text) {
        if (text == null) {
            throw new Wrong("--rpc is missing.");
        }
        try {
            URI url = URI.create(text);
            if (Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new Wrong("--rpc: " + text + " is no address of a node.");
        }
        throw new Wrong("--rpc: " + text + " is no http or https address of a node.");
    }

    private static Address address(@Nullable String text) {
        if (text == null) {
            throw new Wrong("--directory is missing.");
        }
        if (!text.matches("0x[0-9a-fA-F]{40}")) {
            throw new Wrong("--directory: " + text + " is no address.");
        }
        return Address.parse(text);
    }

    private static long number(String text) {
        if (!text.matches("[1-9][0-9]{0,9}")) {
            throw new Wrong("--epoch: " + text + " is no epoch's number.");
        }
        return Long.parseLong(text);
    }
}
