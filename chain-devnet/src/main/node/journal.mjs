import fs from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

const FORMAT = 1;
const NEWLINE = 10;

/**
 * The blocks on disk, one JSON line each, under a first line that says which chain they are of. A
 * line counts once it has been synced; what a crash left of an unfinished last line is dropped.
 */
export class Journal {
  #name;
  #file;
  #bytes;
  #ends;
  #end;

  constructor(folder) {
    fs.mkdirSync(folder, { recursive: true });
    this.#name = path.join(folder, "chain.journal");
    this.#file = fs.openSync(this.#name, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    this.#bytes = fs.readFileSync(this.#file);
    this.#ends = lineEnds(this.#bytes);
    if (this.#ends.length > 0 && this.#parse(this.#ends.length - 1) === undefined) this.#ends.pop();
    this.cutBack(this.#ends.at(-1) ?? 0);
  }

  /** How many blocks were found at the start. */
  get count() {
    return Math.max(0, this.#ends.length - 1);
  }

  /** Where the journal ends now: what `cutBack` takes. */
  get end() {
    return this.#end;
  }

  /** Writes the first line of a new journal, or makes sure that a found one is of the same chain. */
  identify({ node, chainId, genesis }) {
    if (this.#end === 0) {
      this.append({ format: FORMAT, node, chainId, genesis });
      syncFolder(path.dirname(this.#name));
      return;
    }
    const found = this.#parse(0);
    if (found?.format !== FORMAT || found.chainId !== chainId || found.genesis !== genesis) {
      throw new Failure(
        "JOURNAL_FOREIGN",
        `${this.#name} was written by another version (${found?.node ?? "unknown"}, this is ${node}): its genesis block is not ours.`,
        "Start with the version that wrote it, or move the file away and a new chain begins.",
      );
    }
  }

  /** The blocks found at the start, oldest first. */
  *blocks() {
    for (let line = 1; line < this.#ends.length; line++) {
      const block = this.#parse(line);
      if (block?.number !== line) throw this.damaged(line, "is not readable");
      yield block;
    }
    this.#bytes = Buffer.alloc(0);
  }

  append(record) {
    const bytes = Buffer.from(JSON.stringify(record) + "\n");
    for (let written = 0; written < bytes.length; ) {
      written += fs.writeSync(this.#file, bytes, written, bytes.length - written, this.#end + written);
    }
    fs.fdatasyncSync(this.#file);
    this.#end += bytes.length;
  }

  /** Forgets what was written after an earlier `end`. */
  cutBack(end) {
    fs.ftruncateSync(this.#file, end);
    fs.fdatasyncSync(this.#file);
    this.#end = end;
  }

  close() {
    fs.closeSync(this.#file);
  }

  damaged(number, what) {
    return new Failure(
      "JOURNAL_DAMAGED",
      `Block ${number} in ${this.#name} ${what} (written by ${this.#parse(0)?.node ?? "unknown"}).`,
      "Restore the file from a backup, start with the version that wrote it, or move it away and a new chain begins.",
    );
  }

  #parse(line) {
    const start = line === 0 ? 0 : this.#ends[line - 1];
    try {
      return JSON.parse(this.#bytes.toString("utf8", start, this.#ends[line]));
    } catch {
      return undefined;
    }
  }
}

function lineEnds(bytes) {
  const ends = [];
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) ends.push(at + 1);
  return ends;
}

function syncFolder(folder) {
  const handle = fs.openSync(folder, "r");
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
