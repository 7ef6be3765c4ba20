// Opens every page of the project of payloads (tests/payloads) in Chromium: no script of theirs runs, nothing is asked
// for, the policy has nothing to stop, and clicking about leads nowhere but to other pages of the site.
// Usage: node payloads.mjs HOME SITE
import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { flags } from "./flags.mjs";

const [home, site] = process.argv.slice(2);
const require = createRequire(join(home, "package.json"));
const { chromium } = require("playwright-core");
const faults = [];
const root = pathToFileURL(site).href + "/";

const pages = all(site).filter((path) => path.endsWith(".html"));
if (pages.length < 150) { throw new Error(`only ${pages.length} pages in ${site}`); }
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(60_000);
  // Whatever a payload would call, and whatever the policy keeps from running.
  await context.addInitScript(() => {
    window.seen = [];
    let pwned;
    Object.defineProperty(window, "__pwned", {
      get: () => pwned, set: (value) => { pwned = value; window.seen.push(`a payload ran: ${value}`); },
    });
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
      window[name] = (text) => { window.seen.push(`${name}(${text}) ran`); };
    }
    document.addEventListener("securitypolicyviolation", (event) =>
      window.seen.push(`the policy stopped ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const page = await context.newPage();
  let at = "";
  const tell = (text) => faults.push(`${at}: ${text}`);
  page.on("dialog", (dialog) => { tell(`a dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  page.on("popup", (popup) => { tell(`another window: ${popup.url()}`); popup.close().catch(() => {}); });
  // The text of a vote, which the page itself makes.
  const isVote = (url) => url.startsWith("blob:null/");
  page.on("download", (download) => {
    if (!isVote(download.url()) || download.suggestedFilename() !== "vote.txt") { tell(`a download: ${download.url()}`); }
  });
  page.on("pageerror", (error) => tell(`script error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error") { tell(`console: ${message.text()}`); } });
  page.on("request", (request) => {
    const own = request.url().startsWith(root) || request.url().startsWith("data:") || isVote(request.url());
    if (!own) { tell(`asks for ${request.url()}`); }
  });
  page.on("framenavigated", (frame) => {
    if (frame !== page.mainFrame()) { tell(`a frame: ${frame.url()}`); }
    else if (!frame.url().startsWith(root) && frame.url() !== "about:blank") { tell(`goes to ${frame.url()}`); }
  });
  for (const path of pages) {
    at = relative(site, path);
    await page.goto(pathToFileURL(path).href);
    await stir(page);
    const { seen, title, foreign, count } = await page.evaluate(() => ({
      seen: window.seen,
      title: document.title,
      // What the page was made of is what is there: nothing was put together by a payload.
      foreign: [...document.querySelectorAll("iframe, frame, object, embed, base, form, math, [onload], [onerror], [onclick], [onfocus], [srcdoc]")]
        .map((element) => element.outerHTML.slice(0, 100)),
      count: document.querySelectorAll("h1").length,
    }));
    seen.forEach(tell);
    foreign.forEach((html) => tell(`holds ${html}`));
    if (!title || count !== 1) { tell(`has the title ${JSON.stringify(title)} and ${count} headings`); }
    const links = await page.evaluate(() => [...document.querySelectorAll("a[href], area[href]")].map((link) => link.href));
    for (const link of new Set(links)) {
      if (!/^(https?|mailto|tel):/.test(link) && !link.startsWith(root)) { tell(`links to ${link}`); }
    }
  }
  await context.close();
} finally {
  await browser.close();
}

for (const line of faults) { console.log(line); }
console.log(`${pages.length} pages of payloads opened: ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

/**
 * What a reader does: opens what is closed, types a payload into fields, sorts by headings, goes from link to link. Of what
 * a page has by the hundred the first ones and the last: the others are made by the same lines of a template.
 */
async function stir(page) {
  await page.evaluate(() => {
    const some = (query, count) => {
      const found = [...document.querySelectorAll(query)];
      return found.length <= 2 * count ? found : [...found.slice(0, count), ...found.slice(-count)];
    };
    for (const details of document.querySelectorAll("details")) { details.open = true; }
    for (const element of some("button, summary, th, [tabindex]", 10)) {
      for (const kind of ["mouseover", "mouseenter", "pointerdown", "click", "dblclick"]) {
        element.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }));
      }
    }
    for (const link of some("a", 50)) {
      link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    }
    for (const element of some("a, button, summary", 5)) { element.focus(); }
    for (const field of some("input, select, textarea", 4)) {
      const values = field.options ? [field.options[0]?.value, field.options[field.options.length - 1]?.value]
        : ["payload", "<img src=x onerror=window.__pwned=99>", ""];
      for (const value of values) {
        field.value = value;
        for (const kind of ["input", "change", "keyup", "search"]) { field.dispatchEvent(new Event(kind, { bubbles: true })); }
      }
    }
  });
  // What scripts and loads start late: two frames and a moment.
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))); }));
}

function all(folder) {
  return readdirSync(folder).map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? all(path) : [path])).sort();
}
