// The figures of a long table: how long a key of its filter takes, and a click that sorts it.
import { pathToFileURL } from "node:url";

// What is not felt as waiting while one types; and a click, after which one looks where the rows went.
const keyLimit = 100;
const sortLimit = 500;
const fewest = 2000;

/** Filters and sorts the outstanding tickets of a pack; whether the medians are within their limits and no row is lost. */
export async function longTable(browser, pack, print) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(180000);
  const opened = Date.now();
  await page.goto(pathToFileURL(pack).href);
  const count = await page.$eval("#outstanding tbody", (body) => body.rows.length);
  console.log(`long table: ${count} rows, ${Date.now() - opened} ms until the page is loaded`);
  const faults = count < fewest ? [`only ${count} rows`] : [];
  await allDrawn(page);
  faults.push(...await spoken(page));
  // Only keys that change which rows are shown count: the others cost nothing, and would flatter the median.
  const { keys, wrong } = await page.evaluate(filterKeys);
  const median = print("filter", "a key that changes the rows", keys);
  if (median > keyLimit) { faults.push(`the filter takes more than ${keyLimit} ms`); }
  faults.push(...wrong);
  const { clicks, lost } = await page.evaluate(sortClicks);
  if (print("sort", "a click", clicks) > sortLimit) { faults.push(`sorting takes more than ${sortLimit} ms`); }
  faults.push(...lost);
  await page.close();
  for (const fault of faults) { console.log(`long table: ${fault}`); }
  return faults.length === 0;
}

/** Until the rows out of sight have been drawn as well, which the page sees to while nothing is typed. */
function allDrawn(page) {
  return page.waitForFunction(() => !document.querySelector("table.long > tbody > tr:not(.drawn)"), null, { polling: 250 });
}

/** The browser's accessibility tree has every cell of the table, those out of sight too. */
async function spoken(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const cells = nodes.filter(({ ignored, role }) => !ignored && ["cell", "gridcell", "rowheader", "columnheader"].includes(role?.value)).length;
  const wanted = await page.$$eval("th, td", (all) => all.length);
  return cells < wanted ? [`a screen reader is told of ${cells} of ${wanted} cells`] : [];
}

/* The two that follow run in the page: an event, the layout that it makes necessary, and then the frame that shows it, as
   it is where the user types. */

async function filterKeys() {
  const frame = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  const input = document.querySelector("#outstanding input[type=search]");
  const rows = [...document.querySelectorAll("#outstanding tbody tr")];
  const shown = () => rows.filter((row) => !row.hidden).length;
  const keys = [];
  const wrong = [];
  let before = rows.length;
  for (const word of ["ledger", "overdue", "red", "zzz", "export", "rivera", "heat-2"]) {
    for (let length = 1; length <= word.length + 1; length += 1) {
      const start = performance.now();
      input.value = length > word.length ? "" : word.slice(0, length);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      rows.at(-1).parentElement.getBoundingClientRect();
      const time = performance.now() - start;
      await frame();
      const now = shown();
      const right = rows.filter((row) => row.textContent.toLowerCase().includes(input.value)).length;
      if (now !== right) { wrong.push(`"${input.value}" shows ${now} rows of ${right}`); }
      if (now !== before) { keys.push(time); }
      before = now;
    }
  }
  return { keys, wrong };
}

async function sortClicks() {
  const frame = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  const table = document.querySelector("#outstanding table");
  const count = table.tBodies[0].rows.length;
  const clicks = [];
  const lost = [];
  for (const head of table.tHead.rows[0].cells) {
    for (const state of ["ascending", "descending"]) {
      const start = performance.now();
      head.querySelector("button").click();
      table.getBoundingClientRect();
      clicks.push(performance.now() - start);
      await frame();
      const rows = table.tBodies[0].rows;
      if (head.getAttribute("aria-sort") !== state || rows.length !== count) {
        lost.push(`${head.textContent}: ${rows.length} of ${count} rows, ${head.getAttribute("aria-sort")}`);
      }
    }
  }
  return { clicks, lost };
}
