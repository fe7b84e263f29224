/**
 * Requests pass side by side, a block is mined and written alone. So nobody sees a block that is
 * not on disk yet. First come, first served: a stream of reads cannot keep the miner out.
 */
export class Gate {
  #queue = [];
  #together = 0;
  #alone = false;

  together(work) {
    return this.#pass(false, work);
  }

  alone(work) {
    return this.#pass(true, work);
  }

  async #pass(alone, work) {
    await new Promise((enter) => {
      this.#queue.push({ alone, enter });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      if (alone) this.#alone = false;
      else this.#together--;
      this.#admit();
    }
  }

  #admit() {
    while (this.#queue.length > 0 && this.#mayEnter(this.#queue[0])) {
      const { alone, enter } = this.#queue.shift();
      if (alone) this.#alone = true;
      else this.#together++;
      enter();
    }
  }

  #mayEnter({ alone }) {
    return !this.#alone && !(alone && this.#together > 0);
  }
}
