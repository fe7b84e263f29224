package atelier.chain;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.web3j.protocol.Service;

/** Lets web3j's bindings ask through our own client, with its limits on every wait. */
final class BindingTransport extends Service {

    private final JsonRpc rpc;

    BindingTransport(JsonRpc rpc) {
        super(false);
        this.rpc = rpc;
    }

    @Override
    protected InputStream performIO(String payload) {
        return new ByteArrayInputStream(rpc.post(payload));
    }

    @Override
    public void close() {
        // The client belongs to the application, not to the bindings.
    }
}
