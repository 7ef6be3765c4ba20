// Opens the pages in Chromium, light and dark, with and without scripts, and says what is wrong with them.
// Usage: node check.mjs HOME SITES [SHOTS]; HOME holds node_modules, SITES one built site for each project.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { flags } from "./flags.mjs";
import { keyboard } from "./keyboard.mjs";
import { pagesOf } from "./pages.mjs";

const [home, sites, shots] = process.argv.slice(2);
const require = createRequire(join(home, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const faults = [];

const pages = ["sample", "empty", "hostile"].flatMap((project) => pagesOf(join(sites, project), project));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
try {
  for (const page of pages) {
    await look(page);
    await onPhone(page);
    await withoutScripts(page);
  }
  await keyboard(browser, pages, fault);
} finally {
  await browser.close();
}
nu(pages.map((page) => page.path));

for (const line of faults) { console.log(line); }
console.log(`${pages.length} pages opened light, dark and without scripts: ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

function fault(where, text) {
  faults.push(`${where}: ${text}`);
}

/** One page: its console, its requests, axe, the colors again in the dark, and a narrow screen. */
async function look({ name, path }) {
  const context = await browser.newContext({ colorScheme: "light", viewport: { width: 1280, height: 900 } });
  // Whatever a hostile text would call, and whatever the policy keeps from running.
  await context.addInitScript(() => {
    window.seen = [];
    for (const name of ["alert", "confirm", "prompt"]) { window[name] = (text) => window.seen.push(`${name}(${text}) ran`); }
    document.addEventListener("securitypolicyviolation", (event) =>
      window.seen.push(`the policy stopped ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const page = await context.newPage();
  page.on("console", (message) => { if (message.type() === "error") { fault(name, `console: ${message.text()}`); } });
  page.on("pageerror", (error) => fault(name, `script error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(file|data|about):/.test(request.url())) { fault(name, `asks for ${request.url()}`); }
  });
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(axe);
  await accessible(page, `${name} (light)`, { rules: { "target-size": { enabled: true } } });
  await shoot(page, name, "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, `${name} (dark)`, { runOnly: ["color-contrast", "link-in-text-block"] });
  await shoot(page, name, "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 800 });
  // Until the page has been told of its new size and has made what overflows reachable by key. If it never does,
  // axe says where.
  const reachable = () =>
    window.innerWidth === 390 &&
    [...document.querySelectorAll("pre, figure, .scroll")].every((box) =>
      box.scrollWidth <= box.clientWidth || box.tabIndex === 0 || box.querySelector("a, button, input") !== null);
  await page.waitForFunction(reachable, null, { timeout: 5000 }).catch(() => {});
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  await accessible(page, `${name} (390 px)`, { runOnly: ["scrollable-region-focusable", "target-size"] });
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  if (wide > 0) { fault(name, `is ${wide} px too wide for a screen of 390 px`); }
  await shoot(page, name, "narrow");
  for (const text of await page.evaluate(() => window.seen)) { fault(name, text); }
  if (shots) { await page.pdf({ path: join(shots, `${name.replace("/", "-")}-print.pdf`), preferCSSPageSize: true }); }
  await context.close();
}

async function accessible(page, where, options) {
  const { violations } = await page.evaluate((given) => window.axe.run(document, { resultTypes: ["violations"], ...given }), options);
  for (const { id, help, nodes } of violations) {
    const first = `${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`.replace(/\s+/g, " ");
    fault(where, `axe ${id}: ${help}, ${nodes.length} times, such as ${first}`);
  }
}

/** On a phone every table is a list of cards that fits, and is still a table to a screen reader. */
async function onPhone({ name, path }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll(".scroll")].filter((box) => box.checkVisibility() && !box.closest(".form"))
      .filter((box) => box.scrollWidth > box.clientWidth + 1)
      .map((box) => (box.querySelector("caption") ?? box).textContent.slice(0, 60)));
  for (const caption of wide) { fault(name, `on a phone one scrolls sideways in "${caption}"`); }
  await page.evaluate(axe);
  await accessible(page, `${name} (phone)`, {});
  await shoot(page, name, "phone");
  await context.close();
}

/** With scripts off all text and every table of the page is there to read. */
async function withoutScripts({ name, path }) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  const html = readFileSync(path, "utf8");
  const tables = html.split("<table").length - 1;
  const shown = await page.locator("main table:visible").count();
  if (shown !== tables) { fault(name, `without scripts ${shown} of ${tables} tables are shown`); }
  const words = (await page.locator("main").innerText()).trim().length;
  if (words < (name.startsWith("empty/") ? 10 : 100)) { fault(name, `without scripts only ${words} letters are there to read`); }
  if (!(await page.locator("h1").isVisible())) { fault(name, "without scripts there is no heading"); }
  await context.close();
}

/** The Nu checker over all pages at once. */
function nu(paths) {
  const run = spawnSync("java", ["-jar", require("vnu-jar"), "--format", "json", "--errors-only", ...paths],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error || run.stderr[0] !== "{") { fault("Nu checker", `did not run: ${run.error ?? run.stderr}`); return; }
  for (const message of JSON.parse(run.stderr).messages) {
    const place = (message.url ?? "").replace(pathToFileURL(sites).href + "/", "");
    fault(`${place}:${message.lastLine}`, `Nu checker: ${message.message} ${message.extract ?? ""}`);
  }
}

async function shoot(page, name, what) {
  if (!shots) { return; }
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name.replace("/", "-")}-${what}.png`), fullPage: true });
}
