// The part of a page that is marked `data-live` is fetched again every two seconds while somebody looks at it. Without this
// script the page is read again by its own link.

const live = document.querySelector("[data-live]");

async function look() {
  if (!live || document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-live]");
    if (next && next.innerHTML !== live.innerHTML) live.replaceChildren(...next.childNodes);
  } catch {
    // The network is away: the next look may find it again.
  }
}

setInterval(look, 2000);
