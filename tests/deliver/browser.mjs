// Opens pages in headless Chromium and says what they did. Reads a JSON task from standard input, answers in JSON.
import fs from "fs";
import { createRequire } from "module";

const task = JSON.parse(fs.readFileSync(0, "utf8"));
const require = createRequire(task.modules);
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const LIVE = "script, iframe, object, embed, svg, math, form, base, link, template, noscript, meta[http-equiv=refresh]";

function inspect(live) {
  const brief = (node) => node.outerHTML.slice(0, 200);
  const all = [...document.querySelectorAll("*")];
  return {
    ran: window.ran ?? null,
    live: [...document.querySelectorAll(live)].map(brief),
    handlers: all.filter((node) => [...node.attributes].some((one) => one.name.startsWith("on"))).map(brief),
    links: [...document.querySelectorAll("[href], [src], [action], [srcdoc]")].flatMap((node) =>
      ["href", "src", "action", "srcdoc"].filter((name) => node.hasAttribute(name)).map((name) => node.getAttribute(name).slice(0, 60))),
    wider: document.documentElement.scrollWidth - innerWidth,
    text: document.body.innerText,
  };
}

const tabs = new Map();

// One tab for each kind of screen; a page gets a new document in it, and with it a new `window`.
async function tabFor(browser, page) {
  const key = JSON.stringify([page.width, page.scheme, page.bypassCSP]);
  if (!tabs.has(key)) {
    const context = await browser.newContext({
      viewport: { width: page.width, height: 900 }, colorScheme: page.scheme, bypassCSP: page.bypassCSP });
    const tab = await context.newPage();
    tab.on("dialog", (dialog) => { tab.seen.dialogs += 1; dialog.dismiss(); });
    await tab.route("**", (route) => {
      const address = route.request().url();
      if (address === tab.wanted || address.startsWith("data:")) return route.continue();
      tab.seen.requests.push(address.slice(0, 200));
      return route.abort();
    });
    tabs.set(key, tab);
  }
  return tabs.get(key);
}

async function open(browser, page) {
  const tab = await tabFor(browser, page);
  tab.seen = { dialogs: 0, requests: [] };
  tab.wanted = page.url;
  await tab.goto(page.url, { waitUntil: "load" });
  const found = await tab.evaluate(inspect, LIVE);
  if (page.axe) {
    await tab.evaluate(axe);
    const report = await tab.evaluate(() => axe.run(document));
    found.violations = report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
    found.rules = report.passes.length;
  }
  return { ...found, ...tab.seen };
}

const browser = await chromium.launch({ executablePath: task.chromium, args: ["--no-sandbox"] });
const answers = [];
for (const page of task.pages) answers.push(await open(browser, page));
await browser.close();
process.stdout.write(JSON.stringify(answers));
