import { readFileSync } from "node:fs";
import { update } from "./snapshot.ts";

await update();
console.log(readFileSync(new URL("snapshot.json", import.meta.url), "utf8"));
