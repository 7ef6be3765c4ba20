// The figures of a large site. Usage: node large.mjs HOME ADDRESS PROJECT PACK; ADDRESS is that of `heatpack serve`, PACK a
// weekly pack with many outstanding tickets.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { flags } from "./flags.mjs";
import { longTable } from "./tables.mjs";

const [home, address, project, pack] = process.argv.slice(2);
const { chromium } = createRequire(join(home, "package.json"))("playwright-core");
const limit = 50;
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
  const { keys, missed } = await page.evaluate(() => {
    const entries = JSON.parse(document.getElementById("search-data").textContent);
    const of = (kind) => entries.filter((entry) => entry.kind === kind);
    const [ticket, change, poc] = [of("ticket").at(-1), of("change request")[0], of("POC")[0]];
    const queries = [[ticket.id, ticket], [ticket.id.replace(/\D+/, ""), ticket], [ticket.title, null], ["e", null],
      [change.id, change], [change.title, change], [poc.title, poc], ["no such thing at all", null]];
    const box = document.getElementById("query");
    const list = document.querySelector("#search ol");
    const keys = [];
    const missed = [];
    for (const [query, wanted] of queries) {
      for (let length = 1; length <= query.length; length += 1) {
        const start = performance.now();
        box.value = query.slice(0, length);
        box.dispatchEvent(new Event("input", { bubbles: true }));
        list.getBoundingClientRect();
        keys.push(performance.now() - start);
      }
      if (wanted && ![...list.querySelectorAll("a")].some((link) => link.getAttribute("href") === wanted.href)) { missed.push(query); }
    }
    return { keys, missed };
  });
  const median = print("search", "a key", keys);
  for (const query of missed) { console.log(`search: "${query}" does not find its record`); }
  if (median > limit || missed.length) { process.exitCode = 1; }
  await page.close();
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
