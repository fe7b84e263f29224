/**
 * Makes the profit statements of recorded histories as docs/statement.md says, and shares no code with the backend.
 *
 *   node check/statement.ts FACTS.jsonl
 *
 * A line of the file is one history's facts. The texts of all statements go to the standard output, one after another.
 * Exits 1 with a line that says what is wrong if a history is malformed or facts are missing.
 */
import { open } from "node:fs/promises";
import { readHistory } from "./statement/facts.ts";
import { statementsOf } from "./statement/statements.ts";
import { textOf } from "./statement/text.ts";

const USAGE = "Usage: node check/statement.ts FACTS.jsonl";

async function main(files: string[]): Promise<void> {
  if (files.length !== 1) throw new Error(USAGE);
  const file = await open(files[0]);
  let number = 0;
  for await (const line of file.readLines()) {
    number += 1;
    process.stdout.write(textsOf(line, number));
  }
}

function textsOf(line: string, number: number): string {
  try {
    return statementsOf(readHistory(line)).map(textOf).join("");
  } catch (problem) {
    throw new Error(`Line ${number}: ${(problem as Error).message}.`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
