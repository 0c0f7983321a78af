// Small comforts on pages that work without them. Hooks are data-enhance attributes, never classes.
(() => {
  "use strict";

  const each = (root, selector, act) => root.querySelectorAll(selector).forEach(act);

  // Menus close on Escape, and when the finger or the focus goes elsewhere.
  const openMenus = () => document.querySelectorAll('[data-enhance~="menu"][open]');
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => {
      openMenus().forEach((menu) => {
        if (!menu.contains(event.target)) menu.open = false;
      });
    });
  }

  // Minus and plus beside a number: hidden until they can do something.
  const prepareSteps = (root) => each(root, '[data-enhance~="step"] [data-step]', (button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const input = button.closest('[data-enhance~="step"]').querySelector("input");
    const low = Number(input.dataset.min ?? 0);
    const high = Number(input.dataset.max ?? Infinity);
    const wanted = (Number.parseInt(input.value, 10) || 0) + Number(button.dataset.step);
    input.value = Math.min(Math.max(wanted, low), high);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // A table is a place to stop at with the keyboard, and says that it scrolls, only while it does.
  // Its letters may come later than its frame and make it wider: both are watched.
  const watchTables = (root) => each(root, '[data-enhance~="sideways"]', (region) => {
    const watch = new ResizeObserver(() => {
      const scrolls = region.scrollWidth > region.clientWidth + 1;
      region.toggleAttribute("tabindex", scrolls);
      if (scrolls) region.tabIndex = 0;
      region.previousElementSibling.hidden = !scrolls;
    });
    for (const one of [region, ...region.children]) watch.observe(one);
  });
  watchTables(document);

  // A page that is made for paper has a button that prints it.
  each(document, '[data-enhance~="print"]', (button) => { button.hidden = false; });
  document.addEventListener("click", (event) => { if (event.target.closest('[data-enhance~="print"]')) print(); });

  // An address is copied by a button, where the device lets a page do so.
  each(document, '[data-enhance~="copy"]', (button) => { button.hidden = !navigator.clipboard; });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest('[data-enhance~="copy"]');
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.from).value);
    button.nextElementSibling.textContent = button.dataset.done;
  });

  // What is typed into a draft is saved after a breath, without leaving the page. A button that is pressed meanwhile waits.
  const keeping = new Map();
  const keep = async (form) => {
    const place = form.querySelector("[data-kept]");
    const body = new FormData(form);
    body.append("draft", "1");
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Keep": "1" } });
      const kept = answer.redirected ? {} : await answer.json();
      place.textContent = kept.said ?? place.dataset.failed;
      if (!answer.ok || !kept.at) return;
      history.replaceState(null, "", kept.at);
      const seen = form.elements.seen ?? Object.assign(document.createElement("input"), { type: "hidden", name: "seen" });
      seen.value = kept.seen;
      form.append(seen);
    } catch {
      place.textContent = place.dataset.failed;
    }
  };
  const wait = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.closest('[data-enhance~="keeps"]');
    if (!form) return;
    clearTimeout(wait.get(form));
    const soon = () => {
      if (form.dataset.sent) return;
      if (keeping.has(form)) return wait.set(form, setTimeout(soon, 1000));
      keeping.set(form, keep(form).finally(() => keeping.delete(form)));
    };
    wait.set(form, setTimeout(soon, 1000));
  });
  document.addEventListener("submit", (event) => {
    clearTimeout(wait.get(event.target));
    const busy = keeping.get(event.target);
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    busy.finally(() => event.target.requestSubmit(event.submitter));
  }, true);

  // A form is sent once. Offline, it stays as it is and says so.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopPropagation();
      const words = document.getElementById("offline");
      if (words && !form.previousElementSibling?.matches("[role=alert]")) form.before(words.content.cloneNode(true));
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopPropagation();
    }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  }, true);

  // Before a long form is left, what is typed and not saved is asked about.
  document.addEventListener("input", (event) => {
    const form = event.target.closest('[data-enhance~="unsaved"]');
    if (form) form.dataset.typed = "yes";
  });
  addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-typed]:not([data-sent])")) event.preventDefault();
  });
  addEventListener("pageshow", () => each(document, "form[data-sent]", (form) => { delete form.dataset.sent; }));

  // What changes with every press is asked for anew when somebody comes back to it.
  addEventListener("pageshow", (event) => {
    const isBack = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (isBack && document.querySelector("meta[name=fresh]")) location.reload();
  });

  // Who has logged out leaves no page behind: one that the browser kept from before is asked for anew.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[action$='/account/logout/']")) localStorage.setItem("left", Date.now());
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !(localStorage.getItem("left") > performance.timeOrigin)) return;
    document.documentElement.hidden = true;
    location.reload();
  });

  // What came of it is spoken once, by the one place of the page that speaks, and only when it is news.
  const tell = (words) => {
    const place = document.getElementById("spoken");
    if (place && words && place.textContent !== words) place.textContent = words;
  };
  const wordsOf = (marks) => [...marks].map((one) => one.innerText.trim()).join(" ").replace(/\s+/g, " ");

  // Swapped-in parts: the keyboard stands on what was changed, else on the heading of what came.
  const settle = (root, stood) => {
    prepareSteps(root);
    watchTables(root);
    if (root.matches("[data-waits]")) { // it asks again by itself: nobody is moved who was elsewhere
      if (stood) root.focus({ preventScroll: true });
      return tell(wordsOf(root.querySelectorAll("h1, h2")));
    }
    const errors = root.querySelector(".ds-error-summary"); // it speaks itself; on a whole page, autofocus has done it
    if (errors) return errors.focus();
    const place = root.querySelector("[aria-pressed=true]") ?? root.querySelector("h1, h2");
    if (place?.matches("h1, h2")) place.tabIndex = -1;
    place?.focus({ preventScroll: place.matches("[aria-pressed]") });
    tell(wordsOf(document.querySelectorAll("[data-told]")));
  };
  document.addEventListener("htmx:before:request", (event) => event.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:finally:request", (event) => { // on the document, when the part itself was swapped away
    event.target.removeAttribute?.("aria-busy");
    each(document, "form[data-sent]", (form) => { delete form.dataset.sent; });
  });
  let stood = false;
  document.addEventListener("htmx:before:swap", (event) => { stood = event.detail.ctx.target?.contains(document.activeElement); });
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, swap } = event.detail.ctx;
    const root = target?.isConnected ? target : document.getElementById(target?.id);
    if (root && swap !== "none") settle(root, stood);
  });
  prepareSteps(document);
})();
