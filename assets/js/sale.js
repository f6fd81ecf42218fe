/**
 * A sale to a collector: what the lines come to, while they are typed. The server reckons again and alone decides.
 */

import { readQuantity, worth } from "./measure.js";

const total = document.querySelector("output[data-pieces]");
const form = total.form;
const pieces = new Set(total.dataset.pieces.split(" "));
const number = new Intl.NumberFormat(total.dataset.lang);

/** What one line comes to; nothing where it cannot be read yet. */
function revenue(line) {
  const [sort, weight, price] = ["sort", "weight", "price"].map((name) => line.querySelector(`[name=${name}]`).value.trim());
  const unit = pieces.has(sort) ? "pcs" : "kg";
  const { quantity } = readQuantity(weight, unit);
  const rupiah = price.replace(/[.,\s]/g, "");
  return sort && quantity && /^\d+$/.test(rupiah) ? worth(quantity, { unit, price: rupiah }) : 0n;
}

function show() {
  const sum = [...form.querySelectorAll("fieldset")].reduce((all, line) => all + revenue(line), 0n);
  total.querySelector("strong").textContent = total.dataset.money.replace("{amount}", number.format(sum));
}

form.addEventListener("input", show);
show();
total.hidden = false;
