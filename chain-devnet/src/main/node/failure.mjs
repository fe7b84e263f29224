/** Why the node cannot go on: a code for programs, then what happened and what to do for people. */
export class Failure extends Error {
  constructor(code, what, remedy) {
    super(what);
    this.code = code;
    this.remedy = remedy;
  }
}

/** A refusal that a JSON-RPC caller gets as its answer. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }

  static invalidParams(message) {
    return new Refusal(-32602, message);
  }

  static invalidRequest(message) {
    return new Refusal(-32600, message);
  }

  static unsupported(message) {
    return new Refusal(-32004, message);
  }
}
