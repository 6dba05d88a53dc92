// Open HTML files in Chromium with the network off and say what is wrong with them, or take their picture.
// Usage: node axe.mjs, with a job as JSON on stdin: {"chromium", "axe": [file…], "bilder": [{"html","png","bredde","morkt","utskrift"}…]}
// Answer on stdout: {"axe": {file: ["light: rule – where", …]}}. One browser for all of it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const job = JSON.parse(readFileSync(0, "utf-8"));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

const VIEWS = [
  { name: "light", width: 1280, colorScheme: "light", media: "screen" },
  { name: "dark", width: 1280, colorScheme: "dark", media: "screen" },
  { name: "360 px", width: 360, colorScheme: "light", media: "screen" },
  { name: "print", width: 794, colorScheme: "dark", media: "print" },
];
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] };

const ALIKE = 8;

const browser = await chromium.launch({
  executablePath: job.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"],
});

async function open(context, file, faults) {
  const page = await context.newPage();
  page.on("request", (request) => {
    if (!/^(file|data|about):/.test(request.url())) faults.push(`asks the network for ${request.url()}`);
  });
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("dialog", async (dialog) => { faults.push(`dialog: ${dialog.message()}`); await dialog.dismiss(); });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return page;
}

// What cannot be seen with axe: a page wider than its screen, and what the Tab key does not reach.
async function beyondAxe(page, view, faults) {
  if (view.name === "360 px") {
    const wide = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return null;
      const inner = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
      const guilty = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > room + 1 && !inner(e));
      return `${document.documentElement.scrollWidth} px wide: ${guilty.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`).join(", ")}`;
    });
    if (wide) faults.push(`scrolls sideways, ${wide}`);
  }
  if (view.name === "light") {
    const links = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `the id ${id} is there twice`);
      const nowhere = [...document.querySelectorAll("a[href^='#']")].map((e) => decodeURIComponent(e.hash.slice(1)))
        .filter((id) => id && !document.getElementById(id)).map((id) => `a link to #${id}, which is nowhere`);
      return [...twice, ...nowhere].slice(0, 5);
    });
    faults.push(...links);
    // Each press of Tab must land on the next of what can be operated or scrolled, until all have been visited.
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex='0']")];
      const scrolls = [...document.querySelectorAll("*")].filter((e) => e.scrollWidth > e.clientWidth + 1
        && ["auto", "scroll"].includes(getComputedStyle(e).overflowX));
      const seen = [...new Set([...all, ...scrolls])].filter((e) => e.checkVisibility({ contentVisibilityAuto: true }));
      seen.forEach((e, i) => { e.__nr = i; });
      document.activeElement?.blur();
      window.__visited = new Set();
      document.addEventListener("focusin", (event) => window.__visited.add(event.target.__nr));
      return seen.length;
    });
    for (let i = 0; i < wanted + 2; i += 1) await page.keyboard.press("Tab");
    const missed = await page.evaluate((count) => {
      const of = new Map([...document.querySelectorAll("*")].filter((e) => e.__nr !== undefined).map((e) => [e.__nr, e]));
      return [...Array(count).keys()].filter((i) => !window.__visited.has(i)).map((i) => of.get(i).outerHTML.slice(0, 90));
    }, wanted);
    for (const what of missed.slice(0, 5)) faults.push(`Tab does not reach ${what}`);
  }
}

async function check(file) {
  const out = [];
  for (const view of VIEWS) {
    const faults = [];
    const context = await browser.newContext({ viewport: { width: view.width, height: 900 }, colorScheme: view.colorScheme, offline: true });
    const page = await open(context, file, faults);
    await page.emulateMedia({ media: view.media, colorScheme: view.colorScheme });
    await page.evaluate(() => document.querySelectorAll("details").forEach((e) => { e.open = true; }));
    await beyondAxe(page, view, faults);
    // Rows, pictures and items that come in long rows are alike: what is wrong with one is wrong with the first.
    await page.evaluate((most) => document.querySelectorAll("tbody,section,ul,svg,g").forEach((parent) => {
      const seen = {};
      for (const e of [...parent.children]) if ((seen[e.tagName] = (seen[e.tagName] ?? 0) + 1) > most) e.remove();
    }), ALIKE);
    await page.evaluate(axeSource);
    const found = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
    for (const violation of found.violations)
      faults.push(`${violation.id} (${violation.nodes.length}): ${violation.help} – ${violation.nodes[0].target.join(" ")}: ${violation.nodes[0].html.slice(0, 160)}`);
    out.push(...faults.map((fault) => `${view.name}: ${fault}`));
    await context.close();
  }
  return out;
}

async function picture({ html, png, bredde, morkt, utskrift }) {
  const context = await browser.newContext({ viewport: { width: bredde, height: 900 }, colorScheme: morkt ? "dark" : "light", offline: true });
  const page = await open(context, html, []);
  if (utskrift) await page.pdf({ path: png, preferCSSPageSize: true });
  else await page.screenshot({ path: png, fullPage: true });
  await context.close();
}

try {
  const answer = { axe: {} };
  for (const file of job.axe ?? []) answer.axe[file] = await check(file);
  for (const one of job.bilder ?? []) await picture(one);
  process.stdout.write(JSON.stringify(answer));
} finally {
  await browser.close();
}
