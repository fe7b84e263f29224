// Checks, in the reader's own browser, that a share is in a published statement: docs/statement.md, section 8.
const MASK = (1n << 64n) - 1n;
const RATE = 136;
const ROUNDS = [
  0x0000000000000001n, 0x0000000000008082n, 0x800000000000808an, 0x8000000080008000n, 0x000000000000808bn, 0x0000000080000001n,
  0x8000000080008081n, 0x8000000000008009n, 0x000000000000008an, 0x0000000000000088n, 0x0000000080008009n, 0x000000008000000an,
  0x000000008000808bn, 0x800000000000008bn, 0x8000000000008089n, 0x8000000000008003n, 0x8000000000008002n, 0x8000000000000080n,
  0x000000000000800an, 0x800000008000000an, 0x8000000080008081n, 0x8000000000008080n, 0x0000000080000001n, 0x8000000080008008n,
];

// How far each of the 25 lanes turns: the triangular numbers, on the way that pi takes.
const TURNS = (() => {
  const turns = new Array(25).fill(0n);
  let [x, y] = [1, 0];
  for (let t = 0; t < 24; t++) {
    turns[x + 5 * y] = BigInt((((t + 1) * (t + 2)) / 2) % 64);
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return turns;
})();

const turn = (lane, by) => ((lane << by) | (lane >> (64n - by))) & MASK;

const permute = (lanes) => {
  for (const round of ROUNDS) {
    const columns = [0, 1, 2, 3, 4].map((x) => lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]);
    for (let i = 0; i < 25; i++) lanes[i] ^= columns[(i + 4) % 5] ^ turn(columns[(i + 1) % 5], 1n);
    const moved = new Array(25);
    for (let y = 0; y < 5; y++) {
      for (let x = 0; x < 5; x++) moved[y + 5 * ((2 * x + 3 * y) % 5)] = turn(lanes[x + 5 * y], TURNS[x + 5 * y]);
    }
    for (let y = 0; y < 25; y += 5) {
      for (let x = 0; x < 5; x++) lanes[x + y] = moved[x + y] ^ (~moved[((x + 1) % 5) + y] & MASK & moved[((x + 2) % 5) + y]);
    }
    lanes[0] ^= round;
  }
};

/** Keccak-256 of bytes. */
export const keccak = (bytes) => {
  const padded = new Uint8Array((Math.floor(bytes.length / RATE) + 1) * RATE);
  padded.set(bytes);
  padded[bytes.length] ^= 0x01;
  padded[padded.length - 1] ^= 0x80;
  const words = new DataView(padded.buffer);
  const lanes = new Array(25).fill(0n);
  for (let at = 0; at < padded.length; at += RATE) {
    for (let i = 0; i < RATE / 8; i++) lanes[i] ^= words.getBigUint64(at + 8 * i, true);
    permute(lanes);
  }
  const out = new DataView(new ArrayBuffer(32));
  for (let i = 0; i < 4; i++) out.setBigUint64(8 * i, lanes[i], true);
  return new Uint8Array(out.buffer);
};

const bytes = (hex) => Uint8Array.from(hex.replace(/^0x/, "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
const word = (number) => bytes(BigInt(number).toString(16).padStart(64, "0"));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
export const hex = (of) => "0x" + [...of].map((one) => one.toString(16).padStart(2, "0")).join("");

const TYPE = "Share(uint256 chainId,address profitShare,uint256 index,address account,uint64 total,uint64 fresh)";

/** The hashes from a share's leaf up to its tree's root, the root last. */
export const climb = ({ chainId, profitShare, index, account, total, fresh, siblings }) => {
  const prefix = keccak(join(keccak(new TextEncoder().encode(TYPE)), word(chainId), word(profitShare)));
  let node = keccak(keccak(join(prefix, word(index), word(account), word(total), word(fresh))));
  const way = [node];
  let place = BigInt(index);
  for (const sibling of siblings) {
    node = place & 1n ? keccak(join(bytes(sibling), node)) : keccak(join(node, bytes(sibling)));
    way.push(node);
    place >>= 1n;
  }
  if (place !== 0n) throw new RangeError("A tree of this depth has no such leaf");
  way.push(keccak(join(word(siblings.length), node)));
  return way.map(hex);
};

const check = (place) => {
  const told = place.dataset;
  const state = place.querySelector("[data-verdict]");
  let way = [];
  try {
    way = climb({ ...told, siblings: (told.siblings ?? "").split(" ").filter(Boolean) });
  } catch {
    way = [];
  }
  const right = way.length > 0 && way.at(-1) === told.root;
  state.className = `state ${right ? "f" : "x"}`;
  state.textContent = right ? told.right : told.wrong;
  const list = place.querySelector("[data-way]");
  list?.replaceChildren(...way.map((step) => {
    const line = document.createElement("li");
    const code = document.createElement("code");
    code.className = "hex";
    code.textContent = step;
    line.append(code);
    return line;
  }));
};

if (typeof document !== "undefined") document.querySelectorAll("[data-share-proof]").forEach(check);
