// What pages do when scripts run. Without them every form and link still works.
(() => {
  "use strict";

  const say = (words) => {
    const live = document.getElementById("live");
    if (live && words) {
      live.textContent = "";
      window.setTimeout(() => { live.textContent = words.trim(); }, 60);
    }
  };

  // A state that is on its way: the server tells each step, the chip turns, the last one is said aloud.
  const CLASSES = ["w", "b", "f", "x", "n"];
  const watch = (chip) => {
    if (chip.dataset.watched) return;
    chip.dataset.watched = "yes";
    const source = new EventSource(chip.dataset.watch);
    source.onmessage = (event) => {
      if (!chip.isConnected) { source.close(); return; }
      const now = JSON.parse(event.data);
      if (!chip.classList.contains(now.state)) {
        chip.classList.remove(...CLASSES);
        chip.classList.add(now.state);
        document.body.dispatchEvent(new CustomEvent("atelier:moved", { detail: now }));
      }
      if (chip.textContent !== now.words) {
        chip.textContent = now.words;
        say(now.words);
      }
      if (now.state === "f" || now.state === "x") {
        source.close();
        document.body.dispatchEvent(new CustomEvent(now.state === "f" ? "atelier:final" : "atelier:failed", { detail: now }));
        if (now.state === "f" && chip.dataset.watchThen) window.location.assign(chip.dataset.watchThen);
      }
    };
  };

  // A picture is seen in its mat before it is sent.
  const preview = (input) => {
    const frame = input.closest(".field")?.querySelector("[data-preview]");
    const picture = frame?.querySelector("img");
    if (!frame || !picture) return;
    if (picture.src) URL.revokeObjectURL(picture.src);
    const [file] = input.files;
    frame.hidden = !file;
    picture.onerror = () => { frame.hidden = true; };
    if (file) picture.src = URL.createObjectURL(file);
  };

  const ready = (root) => {
    root.querySelectorAll("[data-watch]").forEach(watch);
    if (root.matches?.("[data-watch]")) watch(root);
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[type=file]")) preview(event.target);
  });

  // One press sends a form once; the hidden key makes a second one harmless anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => button.setAttribute("aria-busy", "true"));
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    });
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.target;
    const now = part?.id ? document.getElementById(part.id) : part;
    if (!now) return;
    ready(now);
    const told = now.matches("[data-announce]") ? now : now.querySelector("[data-announce]");
    if (told) say(told.dataset.announce);
    if (event.detail.requestConfig?.triggeringEvent?.type === "click") now.querySelector("[data-focus]")?.focus({ preventScroll: true });
  });

  // What someone asked for and did not get is shown as a page; what refreshes itself tries again later.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.requestConfig?.triggeringEvent?.isTrusted) window.location.assign(event.detail.pathInfo.finalRequestPath);
  });

  document.querySelectorAll("[data-announce-now]").forEach((part) => say(part.textContent));
  ready(document);
})();
