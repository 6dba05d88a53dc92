// Search in the site as it lies on a disk, with the network off. Usage: node sok.mjs CHROMIUM FILE WORD
// Answer on stdout: {"treff": [heading…], "feil": [what went wrong]}.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, file, word] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] });
try {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const feil = [];
  page.on("pageerror", (error) => feil.push(error.message));
  page.on("request", (request) => { if (!/^(file|data|about):/.test(request.url())) feil.push(request.url()); });
  await page.goto(pathToFileURL(file).href);
  await page.click("input.md-search__input");
  await page.keyboard.type(word);
  await page.locator(".md-search-result__item").first().waitFor({ timeout: 20_000 });
  const treff = await page.locator(".md-search-result__item :is(h1, h2)").allInnerTexts();
  process.stdout.write(JSON.stringify({ treff, feil }));
} finally {
  await browser.close();
}
