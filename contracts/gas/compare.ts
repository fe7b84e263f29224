import { differences, remedy } from "./snapshot.ts";

const found = await differences();
if (found.length > 0) {
  console.error(["The gas used differs from contracts/gas/snapshot.json.", ...found, remedy].join("\n"));
  process.exitCode = 1;
}
