/** What the parent reads on our standard output: one line a fact, the first word says which. */
const line = (word, text) => process.stdout.write(`@${word} ${text}\n`);

const oneLine = (text) => text.replaceAll(/\s+/g, " ");

export const progress = (text) => line("progress", oneLine(text));

export const listening = (port) => line("listening", port);

export const failed = (code, what, remedy) =>
  line("failed", [code, what, remedy].map(oneLine).join("\t"));

const grouped = new Intl.NumberFormat("en-US");

/** 4000 as 4,000. */
export const count = (number) => grouped.format(number);
