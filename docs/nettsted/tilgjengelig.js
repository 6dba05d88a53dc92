// What the theme builds in the browser: what is too wide can be scrolled with the keyboard, and no two landmarks are alike.
const LABELS = { "md-typeset__scrollwrap": "Tabell", formel: "Formel" };

const mend = () => {
  for (const [name, label] of Object.entries(LABELS)) {
    for (const e of document.querySelectorAll(`.${name}`)) {
      if (e.tabIndex === 0 || e.scrollWidth <= e.clientWidth) continue;
      e.tabIndex = 0;
      e.setAttribute("role", "group");
      e.setAttribute("aria-label", label);
    }
  }
  document.querySelectorAll("nav.md-code__nav:not([aria-label])").forEach((e) => {
    const nr = document.querySelectorAll("nav.md-code__nav[aria-label]").length + 1;
    e.setAttribute("aria-label", `Kode ${nr}`);
  });
};

new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
addEventListener("resize", mend);
mend();
