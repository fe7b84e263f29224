package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A call as the columns of a row: an intent's, or those of an execution found on the chain. */
final class CallColumns {

    private CallColumns() {}

    /** Gives an insert the values of all of them. */
    static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec insert, Call call) {
        return switch (call) {
            case Call.Forward(Address signer, ContractKind to, byte[] data) ->
                    bind(insert, "FORWARD", signer, to, data, null, null);
            case Call.Issue(Address to, var amount) ->
                    bind(insert, "ISSUE", null, null, null, to, amount.units());
            case Call.Direct(ContractKind to, byte[] data) ->
                    bind(insert, "DIRECT", null, to, data, null, null);
        };
    }

    private static JdbcClient.StatementSpec bind(
            JdbcClient.StatementSpec insert,
            String call,
            @Nullable Address signer,
            @Nullable ContractKind target,
            byte @Nullable [] data,
            @Nullable Address recipient,
            @Nullable BigInteger amount) {
        return insert.param("call", call)
                .param("signer", signer == null ? null : signer.bytes())
                .param("target", target == null ? null : target.directoryName())
                .param("data", data)
                .param("recipient", recipient == null ? null : recipient.bytes())
                .param("amount", amount == null ? null : new BigDecimal(amount));
    }

    static Call read(ResultSet row) throws SQLException {
        String call = row.getString("call");
        return switch (call) {
            case "FORWARD" ->
                    new Call.Forward(
                            Address.of(row.getBytes("signer")),
                            ContractKind.named(row.getString("target")),
                            row.getBytes("data"));
            case "ISSUE" ->
                    new Call.Issue(
                            Address.of(row.getBytes("recipient")),
                            new TokenAmount(row.getBigDecimal("amount").toBigIntegerExact()));
            case "DIRECT" ->
                    new Call.Direct(
                            ContractKind.named(row.getString("target")), row.getBytes("data"));
            default -> throw new IllegalStateException("No call is called " + call);
        };
    }
}
