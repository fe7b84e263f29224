/**
 * Decides when a block is mined: at once when a transaction can go into one, then as many empty ones
 * as make it final, then none until the next transaction. What arrives while a block is being mined
 * goes into the next one.
 */
export class Miner {
  #chain;
  #confirmations;
  #die;
  #instant = true;
  #asked = false;
  #hopeful = false;
  #running = false;
  #timer;

  constructor(chain, confirmations, die) {
    this.#chain = chain;
    this.#confirmations = confirmations;
    this.#die = die;
  }

  get instant() {
    return this.#instant;
  }

  /** Says that there may be something to mine. */
  wake() {
    this.#asked = true;
    if (this.#running || !this.#instant) return;
    this.#running = true;
    this.#run().catch(this.#die);
  }

  /** Mines when there is something to mine, or, if not, only when told to. */
  setInstant(instant) {
    this.#instant = instant;
    if (instant) this.wake();
  }

  /** Mines a block every so many milliseconds whatever there is to mine; 0 ends that. */
  setInterval(milliseconds) {
    clearInterval(this.#timer);
    this.setInstant(milliseconds === 0);
    if (milliseconds > 0) this.#timer = setInterval(() => this.#chain.mine().catch(this.#die), milliseconds);
  }

  stop() {
    clearInterval(this.#timer);
    this.#instant = false;
  }

  async #run() {
    for (let mining = true; mining || this.#asked; ) {
      if (this.#asked) this.#hopeful = true;
      this.#asked = false;
      mining = await this.#mineIfDue();
    }
    this.#running = false;
  }

  async #mineIfDue() {
    let expecting = false;
    const due = async () => {
      if (!this.#instant) return false;
      expecting = this.#hopeful && (await this.#chain.hasNext());
      return expecting || this.#owesEmptyOnes();
    };
    const taken = await this.#chain.mine({ due });
    // A block may leave out a transaction that bids less than the base fee: it is not tried again
    // until something else comes in.
    if (expecting) this.#hopeful = taken > 0;
    return taken !== undefined;
  }

  #owesEmptyOnes() {
    const { number, emptyTail } = this.#chain.head;
    return number > emptyTail && emptyTail < this.#confirmations;
  }
}
