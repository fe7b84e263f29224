package atelier.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Hash32;
import org.web3j.crypto.Hash;

/**
 * First topics of the events that modules read, by the names they have there; whose it is goes
 * before a name that several contracts use.
 */
public final class Topics {

    public static final Hash32 BALLOT_REFUSED = of("BallotRefused(uint256,address,uint8,uint8)");
    public static final Hash32 BATCH =
            of("TransferBatch(address,address,address,uint256[],uint256[])");
    public static final Hash32 BOUGHT =
            of("Bought(address,uint256,address,uint256,uint256,uint256)");
    public static final Hash32 CALL_EXECUTED =
            of("CallExecuted(bytes32,uint256,address,uint256,bytes)");
    public static final Hash32 CALL_SALT = of("CallSalt(bytes32,bytes32)");
    public static final Hash32 CALL_SCHEDULED =
            of("CallScheduled(bytes32,uint256,address,uint256,bytes,bytes32,uint256)");
    public static final Hash32 CANCELLED = of("Cancelled(uint32,bytes32,uint256)");
    public static final Hash32 COLLECTED = of("Collected(uint8,address,uint256,bytes32)");
    public static final Hash32 COST_PAID =
            of("CostPaid(uint32,uint8,address,uint256,string,bytes32)");
    public static final Hash32 CRAFTED = of("Crafted(uint256,uint64,address,uint256,uint256)");
    public static final Hash32 DELAY_CHANGED = of("MinDelayChange(uint256,uint256)");
    public static final Hash32 DELISTED = of("Delisted(bytes32,address,uint64)");
    public static final Hash32 EFFECTIVE = of("Effective(uint32,bytes32,uint16)");
    public static final Hash32 ELECTORATE_FIXED =
            of("ElectorateFixed(uint256,uint32,uint32,uint32)");
    public static final Hash32 EPOCH_OPENED = of("EpochOpened(uint32,uint48,uint48)");
    public static final Hash32 FORWARDED = of("ExecutedForwardRequest(address,uint256,bool)");
    public static final Hash32 FUNCTION_ASSIGNED =
            of("TargetFunctionRoleUpdated(address,bytes4,uint64)");
    public static final Hash32 FUNDED = of("Funded(address,uint256)");
    public static final Hash32 HELD = of("Held(bytes32)");
    public static final Hash32 ISSUED = of("Issued(bytes32,uint256,uint256,uint256)");
    public static final Hash32 LISTED = of("Listed(bytes32,address,uint64)");
    public static final Hash32 MINTED = of("Minted(uint256,bytes32)");
    public static final Hash32 OBJECTED = of("Objected(bytes32,uint256)");
    public static final Hash32 OPERATION_CANCELLED = of("Cancelled(bytes32)");
    public static final Hash32 ORDERS_CANCELLED = of("CancelledAll(address,uint64)");
    public static final Hash32 ORDER_CANCELLED = of("Cancelled(bytes32,address)");
    public static final Hash32 PRICE_CHANGED = of("PriceChanged(uint256,uint256,uint256)");
    public static final Hash32 PROMOTED = of("Promoted(bytes32,address)");
    public static final Hash32 PROPOSAL_CANCELED = of("ProposalCanceled(uint256)");
    public static final Hash32 PROPOSAL_CREATED =
            of(
                    "ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],"
                            + "uint256,uint256,string)");
    public static final Hash32 PROPOSAL_EXECUTED = of("ProposalExecuted(uint256)");
    public static final Hash32 PROPOSAL_EXTENDED = of("ProposalExtended(uint256,uint64)");
    public static final Hash32 PROPOSAL_QUEUED = of("ProposalQueued(uint256,uint256)");
    public static final Hash32 PUBLISHED = of("Published(uint32,bytes32,uint64,uint48,bytes32)");
    public static final Hash32 RAISED = of("Raised(uint8)");
    public static final Hash32 RECIPE_APPROVED = of("RecipeApproved(uint64)");
    public static final Hash32 RECIPE_PROPOSED =
            of("RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)");
    public static final Hash32 RECIPE_RETIRED = of("RecipeRetired(uint64)");
    public static final Hash32 RELEASED = of("Released(bytes32)");
    public static final Hash32 REMIXED = of("Remixed(uint256,uint256[])");
    public static final Hash32 ROLE_GRANTED = of("RoleGranted(uint64,address,uint32,uint48,bool)");
    public static final Hash32 ROLE_REVOKED = of("RoleRevoked(uint64,address)");
    public static final Hash32 RULE_CHANGED =
            of("RuleChanged(uint32,uint8,uint128,uint128,uint64,address)");
    public static final Hash32 SCHEDULED = of("Scheduled(bytes32,address,uint256)");
    public static final Hash32 SEAT_LEFT = of("Left(uint256,address)");
    public static final Hash32 SEAT_MOVED = of("Moved(uint256,address,address)");
    public static final Hash32 SEAT_PARDONED = of("Pardoned(address)");
    public static final Hash32 SEAT_REVOKED = of("Revoked(uint256,address,string)");
    public static final Hash32 SINGLE =
            of("TransferSingle(address,address,address,uint256,uint256)");
    public static final Hash32 SOLD =
            of(
                    "Sold(bytes32,uint256,address,address,uint256,uint256,address,"
                            + "uint256,address,uint256,uint256)");
    public static final Hash32 SPENT = of("Spent(address,uint256,string)");
    public static final Hash32 SUPPLY_DEFINED =
            of("SupplyDefined(uint256,uint8,address,uint256,string)");
    public static final Hash32 TIMELOCK_ROLE_GRANTED = of("RoleGranted(bytes32,address,address)");
    public static final Hash32 TIMELOCK_ROLE_REVOKED = of("RoleRevoked(bytes32,address,address)");
    public static final Hash32 TRANSFER = of("Transfer(address,address,uint256)");
    public static final Hash32 VOTE_CAST = of("VoteCast(address,uint256,uint8,uint256,string)");
    public static final Hash32 VOTE_CAST_WITH_PARAMS =
            of("VoteCastWithParams(address,uint256,uint8,uint256,string,bytes)");

    private Topics() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(US_ASCII)));
    }
}
