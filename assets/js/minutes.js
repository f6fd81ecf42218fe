/**
 * Minutes while people talk: Enter takes the statement, Shift+Enter breaks the line, and nothing typed is lost.
 *
 * The page is a plain form. This module keeps what is being typed, and what was taken and not yet stored, in localStorage;
 * it sends it in the background with an id of its own, so that a statement that is sent twice stands there once. A browser
 * that was killed goes on where it was.
 */

const form = document.querySelector("form#minutes-form");

if (form) {
  const key = `minutes:${location.pathname}`;
  const { speaker, lang, text } = form.elements;
  const said = form.querySelector("output");
  const list = document.querySelector("#statements");
  let sending = false;

  /** What is kept: the draft, and the statements that wait for the server. */
  const kept = () => {
    try {
      return { draft: null, waiting: [], ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      return { draft: null, waiting: [] };
    }
  };
  const keep = (change) => localStorage.setItem(key, JSON.stringify({ ...kept(), ...change }));
  const keepDraft = () => keep({ draft: { speaker: speaker.value, lang: lang.value, text: text.value } });

  /** An id as the server reads it: 26 letters that carry the time and 80 bits of chance. */
  const newId = () => {
    const letters = "0123456789abcdefghjkmnpqrstvwxyz";
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let time = Date.now();
    for (let n = 5; n >= 0; n -= 1) {
      bytes[n] = time % 256;
      time = Math.floor(time / 256);
    }
    let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    let id = "";
    for (let n = 0; n < 26; n += 1) {
      id = letters[Number(value & 31n)] + id;
      value >>= 5n;
    }
    return id;
  };

  const show = ({ id, speaker, lang, text }) => {
    if (document.getElementById(`s-${id}`)) return;
    const line = document.createElement("li");
    line.id = `s-${id}`;
    if (speaker) {
      const who = document.createElement("strong");
      who.textContent = speaker;
      line.append(who);
    }
    const words = document.createElement("p");
    words.className = "prose";
    words.lang = lang;
    words.textContent = text;
    line.append(words);
    list.append(line);
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      for (let next = kept().waiting[0]; next; next = kept().waiting[0]) {
        const answer = await fetch(form.action, {
          method: "POST",
          headers: { accept: "application/json" },
          body: new URLSearchParams(next),
        });
        if (answer.status === 422 || answer.status === 409) {
          // It cannot be stored as it is: back into the form, where a person sees it.
          keep({ waiting: kept().waiting.slice(1) });
          if (!text.value.trim()) text.value = next.text;
          keepDraft();
          const told = await answer.json().catch(() => ({}));
          said.textContent = told.message ?? form.dataset.refused;
          return;
        }
        if (!answer.ok) throw new Error(`${answer.status}`);
        keep({ waiting: kept().waiting.filter((it) => it.id !== next.id) });
      }
      said.textContent = form.dataset.saved;
    } catch {
      said.textContent = form.dataset.waiting;
      setTimeout(send, 3000);
    } finally {
      sending = false;
    }
  };

  const take = () => {
    if (!text.value.trim()) return;
    const statement = { id: newId(), speaker: speaker.value, lang: lang.value, text: text.value.trim() };
    text.value = "";
    keep({ waiting: [...kept().waiting, statement], draft: { speaker: speaker.value, lang: lang.value, text: "" } });
    show(statement);
    text.focus();
    send();
  };

  form.addEventListener("input", keepDraft);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });
  text.addEventListener("keydown", (event) => {
    // While a Korean syllable is being put together, Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    take();
  });

  const { draft, waiting } = kept();
  if (draft && !text.value) {
    speaker.value = draft.speaker;
    lang.value = draft.lang;
    text.value = draft.text;
  }
  waiting.forEach(show);
  if (waiting.length) send();
  addEventListener("online", send);
}
