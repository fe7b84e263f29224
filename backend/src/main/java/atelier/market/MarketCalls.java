package atelier.market;

import atelier.chain.AbiCall;
import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.vault.Signature;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;

/** Writes calls of the Market contract. */
final class MarketCalls {

    // The order is a struct of fixed length: its members stand where it would.
    private static final AbiCall.Function FILL =
            AbiCall.Function.of(
                    "fill((address,uint256,uint96,uint96,uint64,uint64,uint48,address,bytes32),"
                            + "bytes,address)");

    private MarketCalls() {}

    /** The promoter is who brought the buyer; null if nobody did. */
    static Call fill(Address buyer, Order order, Signature signature, @Nullable Address promoter) {
        byte[] data =
                FILL.call()
                        .address(order.maker())
                        .number(order.work().tokenId())
                        .number(order.price().units())
                        .number(order.minNet().units())
                        .number(order.transferNonce())
                        .number(order.counter())
                        .number(order.expirySeconds())
                        .address(order.taker())
                        .bytes32(order.salt())
                        .bytes(signature.rsv())
                        .address(promoter == null ? Address.ZERO : promoter)
                        .encoded();
        return new Call.Forward(buyer, ContractKind.MARKET, data);
    }

    static Call cancel(Order order) {
        return forward(order.maker(), atelier.contracts.Market.FUNC_CANCEL, List.of(struct(order)));
    }

    static Call cancelAll(Address maker) {
        return forward(maker, atelier.contracts.Market.FUNC_CANCELALL, List.of());
    }

    @SuppressWarnings("rawtypes") // as web3j's encoder wants it
    private static Call forward(Address signer, String function, List<Type> arguments) {
        String data = FunctionEncoder.encode(new Function(function, arguments, List.of()));
        return new Call.Forward(signer, ContractKind.MARKET, Bytes.parse(data));
    }

    private static atelier.contracts.Market.Order struct(Order order) {
        return new atelier.contracts.Market.Order(
                order.maker().toString(),
                order.work().tokenId(),
                order.price().units(),
                order.minNet().units(),
                BigInteger.valueOf(order.transferNonce()),
                BigInteger.valueOf(order.counter()),
                order.expirySeconds(),
                order.taker().toString(),
                order.salt().bytes());
    }
}
