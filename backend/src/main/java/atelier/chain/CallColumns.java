package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A call as the columns of a row: an intent's, or those of an execution found on the chain. */
final class CallColumns {

    private CallColumns() {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Values(
            String call,
            byte @Nullable [] signer,
            @Nullable String target,
            byte @Nullable [] data,
            byte @Nullable [] recipient,
            @Nullable BigDecimal amount) {

        static Values of(Call call) {
            return switch (call) {
                case Call.Forward(Address signer, ContractKind to, byte[] data) ->
                        new Values("FORWARD", signer.bytes(), to.directoryName(), data, null, null);
                case Call.Issue(Address to, var amount) ->
                        new Values(
                                "ISSUE",
                                null,
                                null,
                                null,
                                to.bytes(),
                                new BigDecimal(amount.units()));
                case Call.Direct(ContractKind to, byte[] data) ->
                        new Values("DIRECT", null, to.directoryName(), data, null, null);
            };
        }
    }

    /** Gives an insert the values of many rows: an array for each column, amounts as text. */
    static JdbcClient.StatementSpec bindAll(JdbcClient.StatementSpec insert, List<Call> calls) {
        List<Values> rows = calls.stream().map(Values::of).toList();
        return insert.param("calls", rows.stream().map(Values::call).toArray(String[]::new))
                .param("signers", rows.stream().map(Values::signer).toArray(byte[][]::new))
                .param("targets", rows.stream().map(Values::target).toArray(String[]::new))
                .param("datas", rows.stream().map(Values::data).toArray(byte[][]::new))
                .param("recipients", rows.stream().map(Values::recipient).toArray(byte[][]::new))
                .param(
                        "amounts",
                        rows.stream()
                                .map(Values::amount)
                                .map(amount -> amount == null ? null : amount.toPlainString())
                                .toArray(String[]::new));
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
