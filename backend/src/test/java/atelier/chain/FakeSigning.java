package atelier.chain;

import atelier.kernel.Address;
import atelier.vault.TypedData;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Signs in the way that the fake chain checks. */
final class FakeSigning implements Signing {

    @Override
    public byte[] transaction(Slots.Place place, Slots.Payload payload, Fees fees, long chainId) {
        return FakeChain.encode(place, payload, fees, chainId);
    }

    @Override
    public List<byte[]> requests(List<Asked> asked) {
        return asked.stream().map(one -> sign(one.request())).toList();
    }

    private static byte[] sign(TypedData request) {
        return FakeContracts.signature(
                (Address) value(request, 0),
                (Address) value(request, 1),
                ((BigInteger) value(request, 3)).longValueExact(),
                ((BigInteger) value(request, 4)).longValueExact(),
                ((BigInteger) value(request, 5)).longValueExact(),
                (byte[]) value(request, 6));
    }

    @Override
    public boolean signed(Address signer, TypedData request, byte[] signature) {
        return Arrays.equals(signature, sign(request));
    }

    private static Object value(TypedData request, int field) {
        return request.fields().get(field).value();
    }
}
