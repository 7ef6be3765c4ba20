// The figures of a large site. Usage: node large.mjs HOME ADDRESS PROJECT PACK; ADDRESS is that of `heatpack serve`, PACK a
// weekly pack with many outstanding tickets.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { flags } from "./flags.mjs";
import { records, shown } from "./keyboard.mjs";
import { longTable } from "./tables.mjs";

const [home, address, project, pack] = process.argv.slice(2);
const { chromium } = createRequire(join(home, "package.json"))("playwright-core");
const limit = 50;
const first = 300000;
const rounds = 15;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
try {
  await searching();
  if (!(await longTable(browser, pack, print))) { process.exitCode = 1; }
  await saving();
} finally {
  await browser.close();
}

/** Types queries into the search box key by key: from the key until what was found is laid out. */
async function searching() {
  const page = await browser.newPage();
  const opened = Date.now();
  await page.goto(address);
  await page.locator("#query").waitFor({ state: "visible" });
  console.log(`first page: ${Date.now() - opened} ms until one can type`);
  const loaded = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/search/")) { loaded.push(response.body().then((body) => body.length)); }
  });
  const bytes = async () => (await Promise.all(loaded.splice(0))).reduce((sum, length) => sum + length, 0);
  // First the bytes of single queries, each in a page that has loaded nothing yet.
  let most = [0, ""];
  for (const query of ["scorecard export drops the last quarter", "20117", "voucher blank page after submit", "Rivera", "con", "rec",
    "reprot of travel", "who may approve a request while the director is away", "ticket closed"]) {
    await page.goto("about:blank");
    await page.goto(address);
    await page.fill("#query", query);
    await shown(page, query);
    const size = await bytes();
    console.log(`search: "${query}" loads ${Math.round(size / 1024)} KiB`);
    if (size > most[0]) { most = [size, query]; }
  }
  if (most[0] > first) { console.log(`search: "${most[1]}" loads more than ${first / 1000} KB`); process.exitCode = 1; }
  const entries = await records(page);
  const of = (folder) => entries.filter((entry) => entry.href.startsWith(folder));
  const [ticket, change, poc] = [of("tickets/").at(-1), of("changes/")[0], of("pocs/")[0]];
  const keys = [];
  const missed = [];
  for (const [query, wanted] of [[ticket.id, ticket], [ticket.id.replace(/\D+/, ""), ticket], [ticket.title, null], ["e", null],
    [change.id, change], [change.title, change], [poc.title, poc], ["no such thing at all", null], ["scorcard exprot", null]]) {
    const { times, found } = await page.evaluate(typing, query);
    keys.push(...times);
    if (wanted && !found.includes(wanted.href)) { missed.push(query); }
  }
  const median = print("search", "a key", keys);
  for (const query of missed) { console.log(`search: "${query}" does not find its record`); }
  if (median > limit || missed.length) { process.exitCode = 1; }
  await page.close();
}

/* Runs in the page: types a query key by key, each from the key until what was found is laid out, the files that it needs loaded. */
async function typing(query) {
  const search = document.getElementById("search");
  const box = document.getElementById("query");
  const list = search.querySelector("ol");
  const times = [];
  for (let length = 1; length <= query.length; length += 1) {
    const start = performance.now();
    box.value = query.slice(0, length);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    const text = box.value;
    while (search.dataset.shown !== text && text.trim()) { await new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); }); }
    list.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return { times, found: [...list.querySelectorAll("a")].map((link) => link.getAttribute("href")) };
}

/** Saves a ticket again and again: from the saving until the page with the new title is loaded. */
async function saving() {
  const folder = join(project, "data/tickets/2026");
  const [file] = readdirSync(folder).filter((name) => name.startsWith("HEAT-2")).sort();
  const text = readFileSync(join(folder, file), "utf8");
  const context = await browser.newContext();
  await context.addInitScript(() => window.addEventListener("load", () => { window.loaded = Date.now(); }));
  const page = await context.newPage();
  await page.goto(`${address}tickets/${file.replace(".yaml", ".html")}`);
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const title = `Saved for the ${round + 1}. time`;
    // Long enough for the page to be waiting again, as one does who types.
    await page.waitForTimeout(400);
    const saved = Date.now();
    writeFileSync(join(folder, file), text.replace(/^title: .*/m, `title: ${title}`));
    await page.waitForFunction((title) => window.loaded && document.body.innerText.includes(title), title, { timeout: 60000 });
    times.push((await page.evaluate(() => window.loaded)) - saved);
  }
  print("serve", "from saving a ticket to its reloaded page", times);
  await context.close();
}

/** Prints the median and the worst of some times in ms; gives the median. */
function print(what, of, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const p95 = sorted[Math.floor(sorted.length * 0.95)];
  console.log(`${what}: ${of}: median ${median.toFixed(1)} ms, 95% ${p95.toFixed(1)} ms, worst ${sorted.at(-1).toFixed(1)} ms, of ${times.length}`);
  return median;
}
