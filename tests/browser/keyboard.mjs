// What a reader does without a mouse: sorting, filtering and searching.
import { pathToFileURL } from "node:url";

/** Sorts and filters the tables of the sample's weekly pack, and searches on its first page. */
export async function keyboard(browser, pages, fault) {
  const page = await browser.newPage();
  const open = async (kind) => {
    const { path } = pages.find((page) => page.project === "sample" && page.kind === kind);
    await page.goto(pathToFileURL(path).href);
  };
  await open("weekly");
  await skipLink(page, fault);
  await sorting(page, fault);
  await filtering(page, fault);
  await open("index");
  await searching(page, fault);
  await page.close();
}

async function skipLink(page, fault) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
  await page.keyboard.press("Enter");
  const reached = await page.evaluate(() => document.activeElement.id);
  if (first !== "#main" || reached !== "main") { fault("keyboard", `the first Tab leads to ${first}, and Enter to ${reached}`); }
}

/** Tabs on until `fits` holds of what has the focus; whether it was reached. */
async function tabTo(page, fits, argument) {
  for (let step = 0; step < 1500; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(fits, argument)) { return true; }
  }
  return false;
}

async function sorting(page, fault) {
  const ages = () => page.$$eval("#outstanding td:nth-child(5)", (cells) => cells.map((cell) => Number(cell.textContent)));
  const before = await ages();
  const there = await tabTo(page, () =>
    document.activeElement.closest("#outstanding th") && document.activeElement.textContent.startsWith("Age"));
  if (!there) { fault("keyboard", "the button that sorts by age cannot be reached"); return; }
  for (const [state, order] of [["ascending", (a, b) => a - b], ["descending", (a, b) => b - a]]) {
    await page.keyboard.press("Enter");
    const said = await page.evaluate(() => document.activeElement.closest("th").getAttribute("aria-sort"));
    const wanted = [...before].sort(order);
    if (said !== state || String(await ages()) !== String(wanted)) {
      fault("keyboard", `Enter on the age sorts to ${await ages()} (${said}), not ${wanted} (${state})`);
    }
  }
}

async function filtering(page, fault) {
  const shown = () => page.$$eval("#outstanding tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => row.textContent));
  const [all] = [await shown()];
  const word = (await page.$eval("#outstanding tbody tr .id, #outstanding tbody tr th a", (link) => link.textContent)).trim();
  await page.focus("#outstanding input[type=search]");
  await page.keyboard.type(word.toLowerCase());
  const left = await shown();
  if (left.length === 0 || left.length >= all.length || !left.every((text) => text.includes(word))) {
    fault("keyboard", `the filter leaves ${left.length} of ${all.length} rows for ${word}`);
  }
  // The column beside it: the first holds the number, the second does not.
  await page.keyboard.press("Tab");
  for (const wanted of [left.length, 0]) {
    await page.keyboard.press("ArrowDown");
    const column = await page.$eval("#outstanding .filter select", (select) => select.selectedOptions[0].textContent);
    const found = (await shown()).length;
    if (found !== wanted) { fault("keyboard", `the filter "${column}" leaves ${found} rows for ${word}, and not ${wanted}`); }
  }
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  if ((await shown()).length !== all.length) { fault("keyboard", "an empty filter does not show all rows again"); }
}

/** All records that the search finds, from the files that it loads. */
export function records(page) {
  return page.evaluate(async () => {
    const { load } = document.getElementById("search").heatpack;
    const start = await load("start");
    const shards = Array.from({ length: Math.ceil(start.documents / start.size) }, (_, number) => load(`records-${number}`));
    return (await Promise.all(shards)).flat().map(([id, title, state, date, href]) => ({ id, title, state, date, href }));
  });
}

/** Until the results of a query are shown. */
export function shown(page, query) {
  return page.waitForFunction((query) => document.getElementById("search").dataset.shown === query, query, { timeout: 10000 });
}

/** A ticket by its number, with and without the letters, by words of its title, and a person by name. */
async function searching(page, fault) {
  const entries = await records(page);
  const ticket = entries.find((entry) => entry.href.startsWith("tickets/"));
  const person = entries.find((entry) => entry.href.startsWith("pocs/"));
  const queries = [[ticket.id, ticket], [ticket.id.replace(/\D+/, ""), ticket], [ticket.title.split(" ").reverse().join(" "), ticket],
    [person.title.toUpperCase(), person]];
  for (const [query, wanted] of queries) {
    await page.fill("#query", "");
    await page.focus("#query");
    await page.keyboard.type(query);
    await shown(page, query);
    const found = await page.$$eval("#search li a", (links) => links.map((link) => link.getAttribute("href")));
    const first = query === wanted.id || /^\d+$/.test(query);
    if (first ? found[0] !== wanted.href : !found.includes(wanted.href)) {
      fault("keyboard", `the search for "${query}" does not find ${wanted.id}: ${found.slice(0, 3)}`);
    }
  }
  const action = entries.find((entry) => entry.id.startsWith("A-"));
  // Plurals, a slip of the keyboard, a date, a pack, an action item; each hit with its state and date.
  for (const [query, wanted] of [["useful lives", "HEAT-10363"], ["scorcard exprot", "HEAT-10353"], [action.id, action.id],
    ["weekly pack Nov 18, 2026", "weekly pack"]]) {
    await page.fill("#query", query);
    await shown(page, query);
    const hits = await page.$$eval("#search li", (items) => items.map((item) => item.textContent));
    const hit = hits.find((text) => text.startsWith(wanted));
    if (!hit) { fault("keyboard", `the search for "${query}" does not find ${wanted}: ${hits.slice(0, 3)}`); }
    else if (!/20\d\d$/.test(hit.trim())) { fault("keyboard", `the hit "${hit}" has no date`); }
  }
  // The search of another page leads to the first page.
  const start = page.url().split("#")[0];
  await page.goto(new URL("rules.html", start).href);
  await page.fill(".find input", ticket.id);
  await page.press(".find input", "Enter");
  await page.waitForSelector("#search li a", { timeout: 5000 })
    .catch(() => fault("keyboard", "the search of another page does not lead to the first page"));
  await page.goto(start);
  await page.fill("#query", "zzzz qqqq");
  await shown(page, "zzzz qqqq");
  const said = await page.$eval("#search [role=status]", (status) => status.textContent);
  if (said !== "No results") { fault("keyboard", `a search in vain says "${said}"`); }
  await page.fill("#query", ticket.id);
  await page.press("#query", "Enter");
  await page.waitForURL((url) => url.href.endsWith(ticket.href), { timeout: 5000 })
    .catch(() => fault("keyboard", "Enter in the search does not open the first record found"));
}
