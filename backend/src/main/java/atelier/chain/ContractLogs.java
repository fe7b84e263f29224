package atelier.chain;

import java.util.List;

/** All that the community's contracts said in consecutive blocks, in order. */
public record ContractLogs(long from, long to, List<ContractLog> logs) {}
