import http from "node:http";
import { Failure } from "./failure.mjs";

const LARGEST_BODY = 32 * 1024 * 1024;

/** Serves JSON-RPC over HTTP and answers the port it listens on. */
export async function serve(rpc, host, port) {
  const server = http.createServer((request, response) => handle(rpc, request, response));
  // Longer than clients keep idle connections, so that none is closed under a request.
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  return server.address().port;
}

async function handle(rpc, request, response) {
  try {
    if (isForeign(request.headers.origin)) {
      return reply(response, 403, refusal(-32600, "Pages of other sites may not use this chain."));
    }
    if (request.method !== "POST") return reply(response, 405, refusal(-32600, "Send a POST with JSON."));
    const body = await read(request);
    if (body === undefined) return reply(response, 413, refusal(-32600, `A request has at most ${LARGEST_BODY} bytes.`));
    const payload = parse(body);
    if (payload === undefined) return reply(response, 200, refusal(-32700, "The request is not JSON."));
    reply(response, 200, await rpc.answer(payload));
  } catch (error) {
    response.destroy(error);
  } finally {
    rpc.settle();
  }
}

/** A browser names the page that asks; the keys here are for this machine's own pages. */
function isForeign(origin) {
  if (origin === undefined) return false;
  const { hostname } = URL.parse(origin) ?? {};
  return !["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size <= LARGEST_BODY ? Buffer.concat(chunks) : undefined;
}

function parse(body) {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function reply(response, status, answer) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(answer === undefined ? "" : JSON.stringify(answer));
}

function refusal(code, message) {
  return { jsonrpc: "2.0", id: null, error: { code, message } };
}

function cannotListen(error, host, port) {
  if (error.code !== "EADDRINUSE") {
    return new Failure("LISTEN", `Cannot listen on ${host}:${port}: ${error.message}`, "Choose another port, or 0 for any free one.");
  }
  return new Failure(
    "PORT_TAKEN",
    `Port ${port} is taken by another program.`,
    "End that program, or choose another port (0 takes any free one).",
  );
}
