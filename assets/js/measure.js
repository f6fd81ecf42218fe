/**
 * What the counter reckons with: grams, pieces and rupiah, as whole numbers of type BigInt. The server reckons
 * again and alone decides; this is what the teller sees before.
 */

/**
 * The grams or pieces that a teller typed; decimal comma and decimal point mean the same.
 *
 * @param {string} text as typed
 * @param {"kg"|"pcs"} unit
 * @returns {{quantity: bigint} | {refused: string}} refused carries the key of a sentence
 */
export function readQuantity(text, unit) {
  const typed = text.normalize("NFKC").trim(); // a Korean keyboard may send full-width digits
  if (typed === "") return { refused: "weight_missing" };
  if (/^[-−]/.test(typed)) return { refused: "weight_negative" };
  if (!/^[\d.,]*\d[\d.,]*$/.test(typed)) return { refused: "weight_not_number" };
  const [whole, fraction = "", ...more] = typed.split(/[.,]/);
  const decimals = fraction.replace(/0+$/, "");
  if (more.length > 0) return { refused: "weight_separators" };
  if (unit === "pcs" && fraction !== "") return { refused: "weight_whole" };
  if (decimals.length > 3) return { refused: "weight_decimals" };
  const quantity = BigInt(whole) * (unit === "pcs" ? 1n : 1000n) + (unit === "pcs" ? 0n : BigInt(decimals.padEnd(3, "0")));
  return quantity === 0n ? { refused: "weight_zero" } : { quantity };
}

/** Kilograms or pieces as the server reads them, with a decimal point: 4500n grams are "4.5". */
export function plainQuantity(quantity, unit) {
  if (unit === "pcs") return String(quantity);
  const grams = String(quantity).padStart(4, "0");
  return `${grams.slice(0, -3)}.${grams.slice(-3)}`.replace(/\.?0+$/, "");
}

/** What `quantity` is worth in rupiah, rounded down: a bank never pays for more than it weighed. */
export function worth(quantity, sort) {
  return sort.unit === "pcs" ? quantity * BigInt(sort.price) : (quantity * BigInt(sort.price)) / 1000n;
}

/** What the member keeps of `amount`: the bank's share, in hundredths of a per cent, is rounded down and the rest stays. */
export function membersPart(amount, shareBp) {
  return amount - (amount * BigInt(shareBp)) / 10_000n;
}

/** The sorts that `text` may mean, best first: the code, the beginning of a code, of a name, of a word in a name. */
export function findSorts(text, sorts) {
  const typed = fold(text);
  if (typed === "") return [];
  const rank = ({ code, name }) => {
    if (fold(code) === typed) return 0;
    if (fold(code).startsWith(typed)) return 1;
    if (fold(name).startsWith(typed)) return 2;
    return fold(name).split(/[\s/(),-]+/).some((word) => word.startsWith(typed)) ? 3 : 4;
  };
  return sorts
    .map((sort) => ({ sort, rank: rank(sort) }))
    .filter(({ rank }) => rank < 4)
    .sort((one, other) => one.rank - other.rank)
    .map(({ sort }) => sort);
}

/** Text as it is compared: no difference between capitals, or between wide and narrow forms. */
export function fold(text) {
  return text.normalize("NFKC").trim().toLowerCase();
}
