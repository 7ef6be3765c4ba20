// Compares the site's search with the terminal's: the same records in the same order with the same scores, from a disk.
// Usage: node search.mjs HOME SITE PROJECT HEATPACK AS_OF QUERIES; QUERIES is a table of queries.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { flags } from "./flags.mjs";
import { records, shown } from "./keyboard.mjs";

const [home, site, project, heatpack, asOf, queriesFile] = process.argv.slice(2);
const { chromium } = createRequire(join(home, "package.json"))("playwright-core");

const labelled = readFileSync(queriesFile, "utf8").trim().split("\n").slice(1).map((line) => line.slice(0, line.lastIndexOf(",")));
// Beginnings, slips, numbers, names with accents, signs, words of other scripts, nothing at all.
const odd = ["e", "ex", "exp", "expo", "exportin", "exporting", "useful lives", "scorcard exprot", "xcorecard", "104", "10423 export",
  "In\u00e8s", "Ines", "INES ENFAUX", "Zo\u00eb\u2019s", "year's end", "year-end", "log-on", "logon", "25.7", "50,000", "$1,430!", "FY2026", "FY 26", "cr",
  "CR-2026", "heat", "the", "", " ", "-", "can't", "\u043e\u0448\u0438\u0431\u043a\u0430", "\u03a3\u03a3", "\ud83d\ude00", "\u00bd", "a.b.c", "1.2.3", "'", "don''t", "--x--",
  "weekly pack Nov 18, 2026", "2026-11-18", "A-2026-011", "N-1993", "n1993", "closed", "ticket", "resolved waiting for POC to confirm",
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen",
  "constructor", "__proto__", "toString hasOwnProperty", "x".repeat(500)];
const faults = [];

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error") { faults.push(`console: ${message.text()}`); } });
  await page.goto(pathToFileURL(join(site, "index.html")).href);
  const entries = await records(page);
  const titles = entries.filter((entry) => entry.href.startsWith("tickets/")).map((entry) => entry.title);
  const queries = [...labelled, ...odd, ...titles.filter((_, place) => place % 4 === 0), ...titles.map(slip).filter((_, place) => place % 8 === 0)];
  for (const query of queries) { await compare(page, entries, query); }
  console.log(`search: ${queries.length} queries compared with the terminal: ${faults.length} faults`);
  await stems(page);
  await page.fill("#query", "report");
  await shown(page, "report");
  const before = await page.locator("#search li").count();
  await page.click("#search button");
  await page.waitForFunction((before) => document.querySelectorAll("#search li").length > before, before, { timeout: 5000 })
    .catch(() => faults.push("\"Show more\" shows no more"));
  if (!(await page.evaluate(() => document.activeElement.matches("#search li a")))) { faults.push("\"Show more\" loses the focus"); }
} finally {
  await browser.close();
}
for (const line of faults) { console.log(line); }
process.exitCode = faults.length ? 1 : 0;

/** A title with two letters swapped in its longest word. */
function slip(title) {
  const word = title.split(" ").reduce((longest, word) => (word.length > longest.length ? word : longest), "");
  const middle = Math.floor(word.length / 2);
  return title.replace(word, word.slice(0, middle) + word[middle + 1] + word[middle] + word.slice(middle + 2));
}

async function compare(page, entries, query) {
  const own = await page.evaluate((query) => document.getElementById("search").heatpack.search(query), query);
  const here = own.found.map(({ place, score }) => `${entries[place].href} ${score}`);
  const printed = execFileSync(heatpack, ["-C", project, "--as-of", asOf, "search", "--format", "json", "--limit", "10000", "--", query],
    { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  const { results, meant } = JSON.parse(printed);
  const there = results.map(({ page, score }) => `${page} ${score}`);
  const at = here.findIndex((line, place) => line !== there[place]);
  if (here.length !== there.length || at >= 0) {
    faults.push(`"${query}": ${here.length} and ${there.length} results, at ${at} ${here[at]} and ${there[at]}`);
  }
  const words = JSON.stringify(meant.map(({ word, instead }) => [word, instead]));
  if (JSON.stringify(own.meant) !== words) { faults.push(`"${query}": ${JSON.stringify(own.meant)} and ${words}`); }
}

/** Every word of the index leads to the stem under which the program filed it. */
async function stems(page) {
  const { count, wrong } = await page.evaluate(async () => {
    const { load, stem } = document.getElementById("search").heatpack;
    const start = await load("start");
    const wrong = [];
    let count = 0;
    for (const number of start.firsts.keys()) {
      for (const line of (await load(`stems-${number}`)).split("\n").filter(Boolean)) {
        const [own, words] = line.split("|");
        for (const word of words ? words.split(" ") : [own]) {
          const made = stem(word === "=" ? own : word, start.irregular);
          count += 1;
          if (made !== own) { wrong.push(`${word} is under ${own}, not ${made}`); }
        }
      }
    }
    return { count, wrong };
  });
  console.log(`search: ${count} words stemmed as the program does: ${wrong.length} faults`);
  faults.push(...wrong);
}
