import { type Address, type Hex, zeroAddress } from "viem";
import { type Fact, type FactOf, at } from "./facts.ts";

export type Seat = { holder: Address; taken: bigint };

/** What the facts so far made known, whichever epoch they belong to. */
export class Known {
  seats = new Map<bigint, Seat>();

  #supplyKinds = new Map<bigint, bigint>();
  #authors = new Map<string, Address>();
  #parents = new Map<bigint, bigint[]>();
  #promotions = new Map<string, { block: bigint; promoter: Address }>();

  /** Throws if the fact names what no earlier one made known. */
  take(fact: Fact): void {
    switch (fact.name) {
      case "Supplies.SupplyDefined":
        this.#supplyKinds.set(fact.args.id, fact.args.kind);
        return;
      case "Workshop.RecipeProposed":
        return setFirst(this.#authors, `${fact.contract} ${fact.args.recipe}`, fact.args.author);
      case "Works.Remixed":
        return setFirst(this.#parents, fact.args.tokenId, fact.args.parents);
      case "Workshop.Bought":
        this.supplyKind(fact);
        return;
      case "Workshop.Crafted":
        this.authorOf(fact);
        return;
      case "Market.Promoted":
        return this.#promoted(fact);
      case "Seats.Transfer":
        return this.#moved(fact);
    }
  }

  supplyKind(fact: FactOf<"Workshop.Bought">): bigint {
    const kind = this.#supplyKinds.get(fact.args.supplyId);
    if (kind === undefined) throw new Error(`${at(fact)} is of supply ${fact.args.supplyId}, which was not defined`);
    return kind;
  }

  authorOf(fact: FactOf<"Workshop.Crafted">): Address {
    const author = this.#authors.get(`${fact.contract} ${fact.args.recipe}`);
    if (author === undefined) throw new Error(`${at(fact)} is of recipe ${fact.args.recipe}, which was not proposed there`);
    return author;
  }

  parentsOf(work: bigint): bigint[] {
    return this.#parents.get(work) ?? [];
  }

  promoterOf({ contract, block, args }: FactOf<"Market.Sold">): Address | undefined {
    const promotion = this.#promotions.get(promotionKey(contract, args.orderHash));
    return promotion?.block === block ? promotion.promoter : undefined;
  }

  #promoted({ contract, block, args }: FactOf<"Market.Promoted">): void {
    const key = promotionKey(contract, args.orderHash);
    // Only the first of a block counts for what is sold in it.
    if (this.#promotions.get(key)?.block !== block) this.#promotions.set(key, { block, promoter: args.promoter });
  }

  #moved(fact: FactOf<"Seats.Transfer">): void {
    const { from, to, id } = fact.args;
    const seat = this.seats.get(id);
    const holder = seat?.holder ?? zeroAddress;
    if (from !== holder) throw new Error(`${at(fact)} takes seat ${id} from ${from}, but it was with ${holder}`);
    if (to === zeroAddress) this.seats.delete(id);
    else this.seats.set(id, { holder: to, taken: seat?.taken ?? fact.time });
  }
}

function setFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

function promotionKey(market: Address, orderHash: Hex): string {
  return `${market} ${orderHash}`;
}
