// Drive the local page in Chromium: axe on every page, pictures, and stories told as steps on the keyboard.
// Usage: node web.mjs, with a job as JSON on stdin:
//   {"chromium", "start": address with its key, "origin", "axe": [path…], "bilder": [{"sti","png","bredde","morkt"}…],
//    "steg": [["goto", path] | ["tab_to", text] | ["press", key] | ["type", text] | ["expect", text] | ["expect_gone", text]
//             | ["focus_in", selector] | ["count", selector] | ["value", selector] | ["axe"] | ["bilde", png]…]}
// Answer on stdout: {"axe": {path: ["light: rule – where"…]}, "steg": ["what each step saw"…], "feil": […]}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const job = JSON.parse(readFileSync(0, "utf-8"));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

// Every page twice: wide in the light, narrow in the dark. 200 % zoom is half the pixels (WCAG 1.4.4, 1.4.10): a
// screen of 1280 px shows 640 of them.
const VIEWS = [
  { name: "light", width: 1280, narrow: 640, colorScheme: "light" },
  { name: "dark, 360 px", width: 360, narrow: 320, colorScheme: "dark" },
];
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] };
const ALIKE = 8;

const browser = await chromium.launch({
  executablePath: job.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"],
});
const feil = [];

function watch(page, faults) {
  page.on("request", (request) => {
    if (!request.url().startsWith(job.origin) && !/^(data|about):/.test(request.url())) faults.push(`asks for ${request.url()}`);
  });
  // The browser itself reports an answer that is not 200; that is no fault of the page's.
  page.on("console", (m) => { if (["error", "warning"].includes(m.type()) && !/^Failed to load resource/.test(m.text())) faults.push(`console: ${m.text()}`); });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("dialog", async (dialog) => { faults.push(`dialog: ${dialog.message()}`); await dialog.dismiss(); });
}

async function beyondAxe(page, view, faults) {
  for (const width of view.width < 1000 ? [view.width, view.narrow] : [view.narrow]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return null;
      const inner = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
      const guilty = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > room + 1 && !inner(e));
      return `${document.documentElement.scrollWidth} px wide: ${guilty.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`).join(", ")}`;
    });
    if (wide) faults.push(`scrolls sideways at ${width} px, ${wide}`);
  }
  await page.setViewportSize({ width: view.width, height: 900 });
  if (view.name !== "light") return;
  faults.push(...await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `the id ${id} is there twice`);
    const nowhere = [...document.querySelectorAll("a[href^='#']")].map((e) => decodeURIComponent(e.hash.slice(1)))
      .filter((id) => id && !document.getElementById(id)).map((id) => `a link to #${id}, which is nowhere`);
    const small = [...document.querySelectorAll("button,.knapp,.meny a,.valg a,input:not([type=checkbox],[type=radio],[type=hidden]),select")]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24).map((e) => `too small to hit: ${e.outerHTML.slice(0, 80)}`);
    const hidden = [...document.querySelectorAll("a[href],button,input,select,textarea,summary")].filter((e) => e.checkVisibility() && e.type !== "hidden" && e.type !== "radio")
      .filter((e) => { e.focus({ preventScroll: true }); const s = getComputedStyle(e); return document.activeElement === e && e.matches(":focus-visible") && s.outlineStyle === "none"; })
      .map((e) => `focus cannot be seen on ${e.outerHTML.slice(0, 80)}`);
    return [...twice, ...nowhere, ...small, ...hidden].slice(0, 6);
  }));
}

async function runAxe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  return found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.help} – ${v.nodes[0].target.join(" ")}: ${v.nodes[0].html.slice(0, 160)}`);
}

async function check(page, path, view) {
  const faults = [];
  watch(page, faults);
  await page.goto(job.origin + path, { waitUntil: "load" });
  await page.evaluate(() => document.querySelectorAll("details").forEach((e) => { e.open = true; }));
  await beyondAxe(page, view, faults);
  // What comes in long rows is alike: what is wrong with one is wrong with the first.
  await page.evaluate((most) => document.querySelectorAll("tbody,section,ul,svg,g,select,datalist").forEach((parent) => {
    const seen = {};
    for (const e of [...parent.children]) if ((seen[e.tagName] = (seen[e.tagName] ?? 0) + 1) > most) e.remove();
  }), ALIKE);
  faults.push(...await runAxe(page));
  page.removeAllListeners();
  return faults.map((fault) => `${view.name}: ${fault}`);
}

// What the page says to a reader, and where the keyboard is.
const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  const label = e.labels?.[0]?.innerText ?? "";
  return `${label} ${e === document.body ? "" : e.textContent} ${e.getAttribute("aria-label") ?? ""}`.replace(/\s+/g, " ").trim();
});

const STEPS = {
  goto: async (page, path) => { await page.goto(job.origin + path, { waitUntil: "load" }); return page.url(); },
  tab_to: async (page, text) => {
    for (let i = 0; i < 300; i += 1) {
      const now = await focused(page);
      if (now.includes(text)) return `${i} tabs: ${now}`;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never came to «${text}»`);
  },
  press: async (page, key) => {
    await page.keyboard.press(key);
    await page.waitForLoadState("load");
    return page.url();
  },
  submit: async (page, key) => { await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]); return page.url(); },
  type: async (page, text) => { await page.keyboard.type(text); return text; },
  expect: async (page, text) => {
    const body = await page.evaluate(() => document.body.innerText);
    if (!body.includes(text)) throw new Error(`«${text}» is not on ${page.url()}:\n${body.slice(0, 1500)}`);
    return text;
  },
  expect_gone: async (page, text) => {
    const body = await page.evaluate(() => document.querySelector("main").innerText);
    if (body.includes(text)) throw new Error(`«${text}» is still on ${page.url()}`);
    return text;
  },
  focus_in: async (page, selector) => {
    if (!await page.evaluate((s) => document.activeElement.closest(s) !== null, selector)) throw new Error(`focus is not in ${selector}, but on ${await focused(page)}`);
    return focused(page);
  },
  count: async (page, selector) => String(await page.locator(selector).count()),
  value: async (page, selector) => page.inputValue(selector),
  axe: async (page) => {
    const faults = await runAxe(page);
    if (faults.length) throw new Error(`${page.url()}: ${faults.join("; ")}`);
    return "";
  },
  bilde: async (page, png) => { await page.screenshot({ path: png, fullPage: true }); return png; },
};

try {
  const answer = { axe: {}, steg: [] };
  const first = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const door = await first.newPage();
  watch(door, feil);
  await door.goto(job.start, { waitUntil: "load" });
  const state = await first.storageState();
  for (const step of job.steg ?? []) answer.steg.push(await STEPS[step[0]](door, ...step.slice(1)));
  await first.close();
  for (const view of job.axe?.length ? VIEWS : []) {
    const context = await browser.newContext({ storageState: state, viewport: { width: view.width, height: 900 }, colorScheme: view.colorScheme });
    const page = await context.newPage();
    for (const path of job.axe) (answer.axe[path] ??= []).push(...await check(page, path, view));
    await context.close();
  }
  for (const { sti, png, bredde, morkt } of job.bilder ?? []) {
    const context = await browser.newContext({ storageState: state, viewport: { width: bredde, height: 900 }, colorScheme: morkt ? "dark" : "light" });
    const page = await context.newPage();
    await page.goto(job.origin + sti, { waitUntil: "load" });
    await page.screenshot({ path: png, fullPage: true });
    await context.close();
  }
  process.stdout.write(JSON.stringify({ ...answer, feil }));
} finally {
  await browser.close();
}
