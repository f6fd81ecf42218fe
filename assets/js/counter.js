/**
 * The counter: a queue of people, a scale, and a teller with both hands on the keyboard.
 *
 * The page is a plain form of eight rows. This module turns its first row into the place where lines are typed and
 * keeps the lines as hidden fields of the same form, so the server reads one and the same posting either way.
 *
 *   member  Enter -> sort  Enter -> weight  Enter -> sort ...  Enter on an empty sort books
 *
 * Whatever was typed stays in sessionStorage, without a name, until the server says by data-booked that it has it.
 */

import { findSorts, fold, membersPart, plainQuantity, readQuantity, worth } from "./measure.js";

const form = document.querySelector("form#counter");
const book = JSON.parse(document.querySelector("#counter-data").textContent);
const draftKey = `counter:${location.pathname}`;
const freshId = form.elements.id.value;

const day = form.elements.day;
const member = form.querySelector("[name=member]");
const rows = [...form.querySelectorAll(".entry")];
const sort = rows[0].querySelector("[name=sort]");
const weight = rows[0].querySelector("[name=weight]");
const ticket = document.querySelector("ol.lines");
const total = document.querySelector("output.total");
const keys = document.querySelector("aside.keys details");
const bookButton = form.querySelector("button.primary");

/** What has been put on the scale: {sort, plain, worth, part}, in order; `plain` is the quantity as the server reads it. */
let lines = [];
/** Rows that the server sent back and this module cannot read: {sort, weight, error}; typed again one by one. */
let returned = [];
let chosenMember = null;
/** True from an Enter that several members fitted until one is chosen. */
let stillMany = false;
let sent = false;
let clearAsked = false;

// Sentences, numbers, elements --------------------------------------------------------------------------------

const number = new Intl.NumberFormat(book.lang, { maximumFractionDigits: 3 });

/** The sentence under `key`, with its {places} filled in. */
function words(key, places = {}) {
  return (book.words[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => places[name] ?? place);
}

function money(amount) {
  return words("money", { amount: number.format(amount) });
}

function quantity({ sort, plain }) {
  return `${number.format(plain)} ${words(`unit_${sort.unit}`)}`;
}

/** A new element. Text is only ever text: a member may be called <script>. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const said = element("p", { class: "say", role: "status", "aria-live": "polite" });

/** Says a sentence under the row, to eyes and to screen readers. */
function say(sentence, tone = "") {
  said.className = `say ${tone}`;
  said.textContent = sentence;
}

/** Says why `input` cannot stay as it is, and brings the teller back to it. */
function refuse(input, sentence) {
  input.setAttribute("aria-invalid", "true");
  say(sentence, "bad");
  input.focus();
  input.select();
}

// Suggestions -------------------------------------------------------------------------------------------------

/** A text field with suggestions below (the combobox of ARIA). `find` gives options, `draw` the cells of one. */
class Suggestions {
  options = [];
  active = -1;
  asked = "";

  constructor(input, { find, draw, sure, choose }) {
    Object.assign(this, { input, find, draw, sure, choose });
    this.list = element("ul", { class: "suggestions", role: "listbox", id: `${input.id}-list`, "aria-label": input.labels[0]?.textContent ?? "" });
    this.list.hidden = true;
    input.closest(".field").append(this.list);
    input.removeAttribute("list");
    for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.look());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the focus stays in the field
      const at = [...this.list.children].indexOf(event.target.closest("li"));
      if (at >= 0) this.choose(this.options[at]);
    });
  }

  /** Looks for what is typed and opens the list, unless something else has been typed meanwhile. */
  async look() {
    const text = (this.asked = this.input.value.trim());
    const options = text === "" ? [] : await this.find(text);
    if (text !== this.asked) return null;
    this.options = options ?? [];
    this.shown = text;
    this.head("");
    this.active = this.sure(text, this.options);
    this.list.replaceChildren(
      ...this.options.map((option, at) => element("li", { role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false" }, ...this.draw(option)))
    );
    this.open(this.options.length > 0 && document.activeElement === this.input);
    return options;
  }

  /** A sentence above the options, where the open list would hide any other place; `say` tells it to screen readers. */
  head(sentence) {
    if (sentence) this.list.dataset.head = sentence;
    else delete this.list.dataset.head;
  }

  open(wanted) {
    this.list.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(wanted));
    this.mark();
  }

  close() {
    this.asked = "";
    this.open(false);
  }

  mark() {
    for (const [at, item] of [...this.list.children].entries()) item.setAttribute("aria-selected", String(at === this.active));
    const item = this.list.hidden ? null : this.list.children[this.active];
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    if (this.list.hidden) return void this.look();
    const count = this.options.length;
    this.active = this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count;
    this.mark();
  }

  /**
   * The option that the arrow keys, or an unmistakable text, point at; none while the list still answers what stood there before: whoever
   * types 9999 fast must not get member 9.
   */
  get pointed() {
    return this.list.hidden || this.shown !== this.input.value.trim() ? undefined : this.options[this.active];
  }
}

// The member --------------------------------------------------------------------------------------------------

let search = new AbortController();

/** Members by number, part of a name, or the text of a passbook's code; null when the server is out of reach. */
async function findMembers(text) {
  search.abort();
  search = new AbortController();
  try {
    const answer = await fetch(book.members_url + encodeURIComponent(text), { headers: { accept: "application/json" }, signal: search.signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

const members = new Suggestions(member, {
  find: findMembers,
  draw: ({ number, name, hamlet, balance }) => [
    element("span", {}, String(number)),
    element("span", {}, name, element("small", {}, hamlet ?? "")),
    element("span", {}, money(balance)),
  ],
  // Two people may share a name, and money goes to one of them: only a number or a single hit is sure.
  sure: (text, found) => (found.length === 1 ? 0 : found.findIndex(({ number }) => fold(String(number)) === fold(text))),
  choose: chooseMember,
});

const chosen = element("p", { class: "chosen" });
chosen.hidden = true;

function showMember(found) {
  chosenMember = found;
  if (found) stillMany = false;
  chosen.hidden = !found;
  if (!found) return;
  const about = [found.hamlet, words("balance", { amount: money(found.balance) })].filter(Boolean).join(" · ");
  chosen.replaceChildren(element("strong", {}, found.name), element("span", {}, about));
}

function chooseMember(found) {
  member.value = found.number;
  member.removeAttribute("aria-invalid");
  showMember(found);
  members.close();
  say(words("member_chosen", { name: found.name, hamlet: found.hamlet ?? "", balance: money(found.balance) }));
  sort.focus();
  keep();
}

/** Enter in the member's field. A scanner types faster than the server answers, so the answer is awaited. */
async function enterMember() {
  if (members.pointed) return chooseMember(members.pointed);
  const text = member.value.trim();
  if (text === "") return refuse(member, words("member_missing"));
  if (chosenMember && String(chosenMember.number) === text) return sort.focus();
  const found = await members.look();
  if (member.value.trim() !== text || document.activeElement !== member) return;
  if (found === null) {
    say(words("member_offline"), "bad");
    return sort.focus(); // the server knows the member by the same text when it is asked to book
  }
  if (members.active >= 0) return chooseMember(members.options[members.active]);
  if (found.length === 0) return refuse(member, words("member_unknown", { text }));
  const many = words("member_many", { count: number.format(found.length) });
  say(many, "bad");
  members.head(many);
  member.setAttribute("aria-invalid", "true"); // whoever types on without looking types here, and is told so
  stillMany = true;
}

/** After "several fit", what is typed on belongs to the name; a sort typed here by mistake fits nobody, and that is said at once. */
async function typedOn() {
  showMember(null);
  if (!stillMany) return;
  const text = member.value.trim();
  stillMany = text !== "";
  const found = stillMany ? await findMembers(text) : null;
  if (found?.length === 0 && member.value.trim() === text) refuse(member, words("member_unknown", { text }));
}

// The lines ---------------------------------------------------------------------------------------------------

const sorts = new Suggestions(sort, {
  find: (text) => findSorts(text, book.sorts),
  draw: (found) => [
    element("span", {}, found.code),
    element("span", {}, found.name),
    element("span", {}, words("price", { price: money(found.price), unit: words(`unit_${found.unit}`) })),
  ],
  sure: (_, found) => (found.length > 0 ? 0 : -1),
  choose: chooseSort,
});

const unit = element("span", { class: "unit", "aria-hidden": "true" });
const price = element("p", { class: "hint", id: "weight-price" });

/** The sort that the field means now. */
function meantSort() {
  return sorts.pointed ?? findSorts(sort.value, book.sorts)[0];
}

function showSort(found) {
  unit.textContent = found ? words(`unit_${found.unit}`) : "";
  price.textContent = found ? words("price", { price: money(found.price), unit: words(`unit_${found.unit}`) }) : "";
  weight.setAttribute("inputmode", found?.unit === "pcs" ? "numeric" : "decimal");
}

function chooseSort(found) {
  sort.value = found.code;
  showSort(found);
  sorts.close();
  say(found.name);
  weight.focus();
  weight.select();
}

/** Enter in the sort's field: nothing typed means that all is on the ticket, and it is booked. */
function enterSort() {
  if (sort.value.trim() === "") return form.requestSubmit(bookButton);
  const found = meantSort();
  if (found) chooseSort(found);
  else refuse(sort, words("sort_unknown", { text: sort.value.trim() }));
}

/** What a sort and a weight come to; `refused` names the field and the sentence. */
function read(found, typed) {
  const answer = readQuantity(typed, found.unit);
  if (answer.refused) return answer;
  const limit = found.unit === "pcs" ? book.pieces_max : book.weight_max;
  if (limit && answer.quantity > BigInt(limit)) return { refused: "weight_limit" };
  const amount = worth(answer.quantity, found);
  return { sort: found, plain: plainQuantity(answer.quantity, found.unit), worth: amount, part: membersPart(amount, found.share_bp ?? book.share_bp) };
}

/** Puts what was typed on the ticket. True when it is there. */
function enterWeight() {
  const found = meantSort();
  if (!found) {
    refuse(sort, words(sort.value.trim() === "" ? "sort_missing" : "sort_unknown", { text: sort.value.trim() }));
    return false;
  }
  const line = read(found, weight.value);
  if (line.refused) {
    refuse(weight, words(line.refused, { text: weight.value.trim(), sort: found.name, unit: words(`unit_${found.unit}`) }));
    return false;
  }
  lines.push(line);
  clearRow();
  show("new");
  say(words("line_added", { sort: found.name, quantity: quantity(line), worth: money(line.worth), total: money(sum("worth")) }), "ok");
  typeAgain();
  sort.focus();
  keep();
  return true;
}

function remove(at) {
  const [line] = lines.splice(at, 1);
  show();
  say(line ? words("line_undone", { sort: line.sort.name, quantity: quantity(line) }) : words("nothing_to_undo"));
  sort.focus();
  keep();
}

function clearRow() {
  sort.value = weight.value = "";
  showSort(null);
  for (const input of [sort, weight]) input.removeAttribute("aria-invalid");
}

/** Brings the next row that the server could not take back into the fields. */
function typeAgain() {
  const row = returned.shift();
  if (!row) return;
  sort.value = row.sort;
  weight.value = row.weight;
  showSort(meantSort());
  say(row.error, "bad");
}

const sum = (name) => lines.reduce((all, line) => all + line[name], 0n);

/** Draws the ticket: the lines with their fields for the server, the total, and the member's part of it. */
function show(last = "") {
  ticket.replaceChildren(
    ...lines.map((line, at) => {
      const button = element("button", { type: "button", class: "quiet", "aria-label": words("line_remove", { sort: line.sort.name }) }, "×");
      button.addEventListener("click", () => remove(at));
      return element(
        "li",
        at === lines.length - 1 && last ? { class: last } : {},
        element("span", { class: "line-sort" }, line.sort.name),
        element("span", { class: "line-quantity" }, `${quantity(line)} × ${money(line.sort.price)}`),
        element("span", { class: "line-worth" }, money(line.worth)),
        button,
        element("input", { type: "hidden", form: "counter", name: "sort", value: line.sort.code }),
        element("input", { type: "hidden", form: "counter", name: "weight", value: line.plain })
      );
    })
  );
  total.replaceChildren(
    element("span", { class: "total-label" }, words("total")),
    element("strong", { class: "total-value" }, money(sum("worth"))),
    element("span", { class: "part-label" }, words("members_part")),
    element("span", { class: "part-value" }, money(sum("part")))
  );
}

// The draft ---------------------------------------------------------------------------------------------------

function keep() {
  const draft = { id: form.elements.id.value, day: day.value, member: member.value, sent, sort: sort.value, weight: weight.value };
  draft.lines = lines.map((line) => ({ sort: line.sort.code, weight: line.plain }));
  if (draft.lines.length || draft.member || draft.sort) sessionStorage.setItem(draftKey, JSON.stringify(draft));
  else sessionStorage.removeItem(draftKey);
}

/** Takes rows of text: those it can read become lines, the others are typed again. */
function take(rowsOfText) {
  for (const row of rowsOfText) {
    const found = findSorts(row.sort, book.sorts)[0];
    const line = found && !row.error ? read(found, row.weight) : {};
    if (line.sort) lines.push(line);
    else returned.push({ ...row, error: row.error || words(found ? (line.refused ?? "") : "sort_unknown", { text: row.sort }) });
  }
}

/** Begins with what the server sent back, or else with what was typed before the page was loaded again. */
function begin() {
  const typed = rows
    .map((row) => ({ sort: row.querySelector("[name=sort]").value, weight: row.querySelector("[name=weight]").value, error: row.querySelector(".error")?.textContent.trim() }))
    .filter((row) => row.sort.trim() || row.weight.trim());
  const draft = JSON.parse(sessionStorage.getItem(draftKey) ?? "null");
  clearRow();
  if (typed.length > 0) {
    take(typed);
  } else if (draft) {
    form.elements.id.value = draft.id;
    if (!book.day_url) day.value = draft.day;
    member.value ||= draft.member;
    ({ sent } = draft);
    take(draft.lines);
    sort.value = draft.sort;
    weight.value = draft.weight;
    showSort(meantSort());
    say(words(sent ? "draft_sent" : "draft_kept"));
  }
  show();
  if (returned.length > 0) typeAgain();
  if (member.value.trim() === "") return member.focus();
  sort.focus();
  const text = member.value.trim();
  findMembers(text).then((found) => {
    const same = found?.filter(({ number }) => String(number) === text) ?? [];
    if (same.length === 1 && member.value.trim() === text) showMember(same[0]);
  });
}

/** The next member. What is on the ticket is thrown away only when asked twice. */
function clear() {
  if (lines.length > 0 && !clearAsked) {
    clearAsked = true;
    return say(words("next_confirm", { count: number.format(lines.length) }), "bad");
  }
  lines = [];
  returned = [];
  sent = clearAsked = false;
  form.elements.id.value = freshId;
  member.value = "";
  showMember(null);
  clearRow();
  show();
  say(words("next_member"));
  member.removeAttribute("aria-invalid");
  member.focus();
  keep();
}

// The keys ----------------------------------------------------------------------------------------------------

const enter = new Map([[member, enterMember], [sort, enterSort], [weight, enterWeight], [day, () => member.focus()]]);

form.addEventListener("keydown", (event) => {
  const act = enter.get(event.target);
  if (event.key !== "Enter" || event.isComposing || !act) return; // composing: this Enter ends a Korean syllable
  event.preventDefault();
  act();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea, select");
  const empty = !typing || event.target.value === "";
  const next = event.key === "F2" || (event.altKey && event.code === "KeyN");
  if (!next && !["Shift", "Alt", "Control"].includes(event.key)) clearAsked = false;
  if (event.isComposing) return;
  if (next) clear();
  else if (event.key === "Escape") escape();
  else if (event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && empty) remove(lines.length - 1);
  else if (event.key === "?" && (empty || event.target === sort || event.target === weight)) help();
  else return;
  event.preventDefault();
});

/** Escape takes back the smallest thing: the list, the help, the row being typed, the last line. */
function escape() {
  if (!members.list.hidden) return members.close();
  if (!sorts.list.hidden) return sorts.close();
  if (keys?.open && keys.contains(document.activeElement)) return help();
  if (document.activeElement === member && member.value !== "") {
    member.value = "";
    member.removeAttribute("aria-invalid");
    showMember(null);
    say("");
    return keep();
  }
  if (sort.value !== "" || weight.value !== "") {
    clearRow();
    say("");
    sort.focus();
    return keep();
  }
  remove(lines.length - 1);
}

let before = member;

function help() {
  if (!keys) return;
  keys.open = !keys.open;
  if (keys.open) {
    before = document.activeElement;
    keys.querySelector("summary").focus();
    keys.scrollIntoView({ block: "nearest" });
  } else {
    before.focus();
  }
}

form.addEventListener("submit", (event) => {
  const half = sort.value.trim() !== "" || weight.value.trim() !== "";
  const ready = !half || enterWeight();
  if (ready && lines.length > 0 && member.value.trim() !== "") {
    sent = true;
    say(words("booking"));
    return keep();
  }
  event.preventDefault();
  event.stopPropagation();
  if (!ready) return;
  if (member.value.trim() === "") refuse(member, words("member_missing"));
  else refuse(sort, words("nothing_to_book"));
});

// From here on the first row is where lines are typed; it posts nothing itself ---------------------------------

form.noValidate = true;
total.setAttribute("aria-live", "off"); // the sentence after each line says the total
member.closest(".field").append(chosen);
weight.closest(".field").append(unit, price);
weight.setAttribute("aria-describedby", [weight.getAttribute("aria-describedby"), price.id].filter(Boolean).join(" "));
const add = element("button", { type: "button", class: "add" }, words("add"));
add.addEventListener("click", enterWeight);
rows[0].append(add);
rows[0].after(said);
begin();
for (const input of [sort, weight]) {
  input.removeAttribute("name");
  input.setAttribute("enterkeyhint", input === sort ? "next" : "done");
}
for (const row of rows.slice(1)) row.remove();
for (const error of rows[0].querySelectorAll(".error")) error.remove();

member.addEventListener("input", typedOn);
sort.addEventListener("blur", () => showSort(findSorts(sort.value, book.sorts)[0]));
form.addEventListener("input", (event) => {
  event.target.removeAttribute("aria-invalid");
  keep();
});
day.addEventListener("change", () => {
  if (book.day_url && day.value) location.assign(book.day_url + encodeURIComponent(day.value)); // the prices of that day
});
