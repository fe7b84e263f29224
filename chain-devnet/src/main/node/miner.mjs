/**
 * Decides when a block is mined: at once when a transaction can go into one, then as many empty ones
 * as make it final, then none until the next transaction. What arrives while a block is being mined
 * goes into the next one.
 */
export class Miner {
  #chain;
  #confirmations;
  #die;
  #owed;
  #instant = true;
  #asked = false;
  #running = false;
  #timer;

  constructor(chain, confirmations, die) {
    this.#chain = chain;
    this.#confirmations = confirmations;
    this.#die = die;
    this.#owed = chain.head.number === 0 ? 0 : Math.max(0, confirmations - chain.emptyTail);
  }

  get instant() {
    return this.#instant;
  }

  /** Says that a transaction came in. */
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
    if (milliseconds > 0) this.#timer = setInterval(() => this.mine().catch(this.#die), milliseconds);
  }

  /** Mines one block now. */
  async mine() {
    const taken = await this.#chain.mine();
    this.#owed = taken > 0 ? this.#confirmations : Math.max(0, this.#owed - 1);
    return taken;
  }

  stop() {
    clearInterval(this.#timer);
    this.#instant = false;
  }

  async #run() {
    let hopeful = false;
    while (this.#instant) {
      if (this.#asked) {
        this.#asked = false;
        hopeful = true;
      }
      // A block may leave a transaction out that bids less than the base fee: it is not tried again
      // until something else comes in.
      if (hopeful && (await this.#chain.hasNext())) hopeful = (await this.mine()) > 0;
      else if (this.#owed > 0) await this.mine();
      else if (!this.#asked) break;
    }
    this.#running = false;
  }
}
