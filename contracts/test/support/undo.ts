import { afterEach, beforeEach } from "node:test";

/** Gives every test the chain as it was when the file's tests began. */
export function undoEach({ rpc }: { rpc: (method: string, params?: unknown[]) => Promise<unknown> }): void {
  let snapshot: unknown;
  beforeEach(async () => {
    snapshot = await rpc("evm_snapshot");
  });
  afterEach(async () => {
    await rpc("evm_revert", [snapshot]);
  });
}
