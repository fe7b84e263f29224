/** The time of the next block in seconds: the wall clock, or as far beside it as a test has moved it. */
export class Clock {
  #offset;
  #pinned;

  constructor(offset = 0) {
    this.#offset = offset;
  }

  get offset() {
    return this.#offset;
  }

  get now() {
    return Math.floor(Date.now() / 1000) + this.#offset;
  }

  /** Moves every later block's time. */
  advance(seconds) {
    this.#offset += seconds;
  }

  /** Gives the next block exactly this time; later ones go on from there. */
  pin(time) {
    this.#pinned = time;
  }

  /** Takes the next block's time, never before its parent's. */
  take(parentTime) {
    const pinned = this.#pinned;
    if (pinned === undefined) return Math.max(this.now, parentTime);
    this.#pinned = undefined;
    this.#offset += pinned - this.now;
    return pinned;
  }
}
