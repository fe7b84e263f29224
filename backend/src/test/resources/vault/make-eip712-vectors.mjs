// Writes eip712-vectors.json beside it, with viem 2.57.20 (the version of contracts/package.json):
//   npm install viem@2.57.20 && node make-eip712-vectors.mjs > eip712-vectors.json
// The key is the first of Hardhat's well-known development accounts. Numbers are decimal text,
// bytes hexadecimal text; the expected values are viem's own.
import { hashDomain, hashStruct, hashTypedData } from "viem";
import { privateKeyToAccount, sign } from "viem/accounts";

const key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const account = privateKeyToAccount(key);

const market = {
  name: "Atelier Market",
  version: "1",
  chainId: 31337,
  verifyingContract: "0x5fc8d32690cc91d4c39d9d3abcbd16989f875707",
};
const forwarder = {
  name: "Atelier Forwarder",
  version: "1",
  chainId: 31337,
  verifyingContract: "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512",
};
const elsewhere = {
  name: "名字・한국어 🎨",
  version: "",
  chainId: 9007199254740991,
  verifyingContract: "0xffffffffffffffffffffffffffffffffffffffff",
};

const order = (values) => ({
  domain: market,
  primaryType: "Order",
  fields: [
    ["address", "maker", values.maker],
    ["uint256", "tokenId", values.tokenId],
    ["uint96", "price", values.price],
    ["uint96", "minNet", values.minNet],
    ["uint64", "transferNonce", values.transferNonce],
    ["uint64", "counter", values.counter],
    ["uint48", "expiry", values.expiry],
    ["address", "taker", values.taker],
    ["bytes32", "salt", values.salt],
  ],
});

const request = (data) => ({
  domain: forwarder,
  primaryType: "ForwardRequest",
  fields: [
    ["address", "from", account.address.toLowerCase()],
    ["address", "to", market.verifyingContract],
    ["uint256", "value", "0"],
    ["uint256", "gas", "500000"],
    ["uint256", "nonce", "7"],
    ["uint48", "deadline", "1893456000"],
    ["bytes", "data", data],
  ],
});

const atoms = (fields, domain = elsewhere) => ({ domain, primaryType: "Atoms", fields });

const max = (bits) => ((1n << BigInt(bits)) - 1n).toString();

const cases = [
  order({
    maker: account.address.toLowerCase(),
    tokenId: ((1n << 192n) | (BigInt(account.address) << 32n) | 1n).toString(),
    price: "32000",
    minNet: "27840",
    transferNonce: "1",
    counter: "0",
    expiry: "1893456000",
    taker: "0x0000000000000000000000000000000000000000",
    salt: "0x00000000000000000000000000000000000000000000000000000000000000ff",
  }),
  order({
    maker: "0xffffffffffffffffffffffffffffffffffffffff",
    tokenId: max(256),
    price: max(96),
    minNet: "0",
    transferNonce: max(64),
    counter: max(64),
    expiry: max(48),
    taker: "0x00000000000000000000000000000000000000ff",
    salt: "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  }),
  request("0x"),
  request("0x8f4ffcb1" + "ab".repeat(32)),
  request("0x" + "00".repeat(1000)),
  atoms([]),
  atoms([["bool", "yes", true], ["bool", "no", false]]),
  atoms([["string", "empty", ""], ["string", "words", "做一件作品 — é 🎨"]]),
  atoms([["bytes", "empty", "0x"], ["bytes", "some", "0x00ff"]]),
  atoms([["bytes1", "one", "0x80"], ["bytes4", "four", "0x01020304"], ["bytes20", "twenty", "0x" + "a1".repeat(20)], ["bytes31", "most", "0x" + "0f".repeat(31)], ["bytes32", "all", "0x" + "f0".repeat(32)]]),
  atoms([["uint8", "a", "255"], ["uint16", "b", "1"], ["uint128", "c", max(128)], ["uint248", "d", max(248)], ["uint256", "e", max(256)]]),
  atoms([["int8", "low", "-128"], ["int8", "high", "127"], ["int64", "minus", "-1"], ["int256", "lowest", (-(1n << 255n)).toString()], ["int256", "highest", max(255)]]),
  atoms([["address", "none", "0x0000000000000000000000000000000000000000"]], market),
];

const native = ([type, , value]) => (/^u?int/.test(type) ? BigInt(value) : value);

const vectors = [];
for (const { domain, primaryType, fields } of cases) {
  const types = { [primaryType]: fields.map(([type, name]) => ({ type, name })) };
  const message = Object.fromEntries(fields.map((field) => [field[1], native(field)]));
  const typed = { domain, types, primaryType, message };
  const digest = hashTypedData(typed);
  vectors.push({
    domain,
    primaryType,
    fields: fields.map(([type, name, value]) => ({ type, name, value })),
    separator: hashDomain({
      domain: { ...domain, chainId: BigInt(domain.chainId) },
      types: {
        EIP712Domain: [
          { name: "name", type: "string" },
          { name: "version", type: "string" },
          { name: "chainId", type: "uint256" },
          { name: "verifyingContract", type: "address" },
        ],
      },
    }),
    struct: hashStruct({ data: message, primaryType, types }),
    digest,
    signature: await sign({ hash: digest, privateKey: key, to: "hex" }),
  });
}
console.log(JSON.stringify({ key, address: account.address.toLowerCase(), vectors }, null, 1));
