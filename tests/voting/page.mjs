// Makes the text of a vote on a CR's page, as a member does in a browser.
// Usage: node page.mjs HOME PAGE MEMBER DOWNLOADS; leaves vote.txt and `command`, the command for staff, in DOWNLOADS.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { flags } from "../browser/flags.mjs";

const [home, path, member, downloads] = process.argv.slice(2);
const { chromium } = createRequire(join(home, "package.json"))("playwright-core");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
try {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") { faults.push(message.text()); } });
  await page.goto(pathToFileURL(path).href);
  await page.selectOption("[name=by]", member);
  // A decision that needs a reason is not made without one.
  await page.selectOption("[name=decision]", "return");
  await page.click("div.vote button");
  const asked = await page.textContent("div.vote [role=status]");
  if (!asked.startsWith("Enter a reason")) { throw new Error(`it does not ask for a reason: ${asked}`); }
  await page.selectOption("[name=decision]", "approve");
  await page.fill("[name=reason]", "It's tested: \"all\" of it, $HOME included.");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("div.vote button")]);
  await download.saveAs(join(downloads, download.suggestedFilename()));
  await page.waitForSelector("div.vote pre:not([hidden])");
  writeFileSync(join(downloads, "command"), await page.textContent("div.vote pre"));
  if (faults.length) { throw new Error(faults.join("; ")); }
} finally {
  await browser.close();
}
