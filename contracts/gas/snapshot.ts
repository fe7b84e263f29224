import { readFileSync, writeFileSync } from "node:fs";
import { measure } from "./measure.ts";

const FILE = new URL("snapshot.json", import.meta.url);
const UPDATE = "npm --prefix contracts run gas:update";

/** Says of every action whose gas is not what the snapshot says both numbers; an empty list means they agree. */
export async function differences(): Promise<string[]> {
  const known: Record<string, number> = JSON.parse(readFileSync(FILE, "utf8"));
  const found = await measure();
  return [...new Set([...Object.keys(known), ...Object.keys(found)])]
    .filter((action) => known[action] !== found[action])
    .map((action) => `${action}: the snapshot says ${known[action] ?? "nothing"}, measured ${found[action] ?? "nothing"}`);
}

/** Writes what is measured now. */
export async function update(): Promise<void> {
  writeFileSync(FILE, JSON.stringify(await measure(), null, 2) + "\n");
}

export const remedy = `If the change is meant, write it down with: ${UPDATE}`;
