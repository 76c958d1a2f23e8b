// Clicks through formgrader as an instructor does: looks, presses a button, marks one answer by hand, grades the class
// anew on the command line, looks again. Reads a JSON task, answers in JSON with what was on the screen.
import { execFileSync } from "child_process";
import fs from "fs";
import { createRequire } from "module";

const task = JSON.parse(fs.readFileSync(0, "utf8"));
const require = createRequire(task.modules);
const { chromium } = require("playwright-core");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const context = await chromium.launchPersistentContext(task.profile, {
  executablePath: task.chromium, args: FLAGS, viewport: { width: 1280, height: 1000 } });
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(60000);
const problems = [];
page.on("pageerror", (error) => problems.push(String(error)));
let shots = 0;
const shoot = (name) => page.screenshot({ path: `${task.shots}/${++shots}-${name}.png` });
const saved = (kind) => page.waitForResponse((answer) => answer.url().includes(`/api/${kind}/`) && answer.request().method() === "PUT");

// The rows of the page's table, each as a list of texts.
async function rows() {
  await page.waitForFunction(() => !document.querySelector("#main-table")?.innerText.includes("Loading"));
  return page.$$eval("#main-table tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

async function submissions() {
  await page.goto(`${task.url}/formgrader/?token=${task.token}`);
  await page.locator("td.num-submissions a").click();
  await page.waitForURL("**/manage_submissions/**");
  const found = await rows();
  await shoot("submissions");
  return found;
}

// The Autograde button of one student; answers with what the window says afterwards.
async function autograde(student) {
  await page.locator("tr", { hasText: student }).locator("td.autograde a").click();
  const modal = page.locator(".modal-dialog");
  await modal.waitFor();
  const said = await modal.innerText();
  await shoot("autograded");
  await modal.getByRole("button", { name: "OK" }).click();
  await modal.waitFor({ state: "hidden" });
  return { said, rows: await rows() };
}

// From the first page to one submission, by its student's name.
async function open(student) {
  const table = page.locator("#main-table");
  await page.getByRole("link", { name: "Manual Grading" }).first().click();
  for (const place of [task.assignment, `${task.assignment}/${task.assignment}`]) {
    await table.getByRole("link", { name: task.assignment }).click();
    await page.waitForURL(`**/formgrader/gradebook/${place}`);
  }
  await rows();
  await shoot("manual-grading");
  await page.locator("tr", { hasText: student }).locator("td.name a").first().evaluate((link) => link.click());
  await page.locator(`[id="${task.question}"]`).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll("input.score")].some((one) => one.placeholder || one.value));
  await page.waitForLoadState("networkidle");
}

async function mark(score, comment) {
  const graded = saved("grade");
  await page.locator(`[id="${task.question}"]`).fill(String(score));
  await page.locator(`[id="${task.question}-comment"]`).click();
  await graded;
  const commented = saved("comment");
  await page.locator(`[id="${task.question}-comment"]`).fill(comment);
  await page.locator(`[id="${task.question}"]`).click();
  await commented;
}

async function look() {
  const field = page.locator(`[id="${task.question}"]`);
  await field.scrollIntoViewIfNeeded();
  await shoot("question");
  return {
    score: await field.inputValue(),
    comment: await page.locator(`[id="${task.question}-comment"]`).inputValue(),
    scores: Object.fromEntries(await page.$$eval("input.score", (all) => all.map((one) => [one.id, one.value || one.placeholder]))),
    text: await page.locator("body").innerText(),
  };
}

const first = { rows: await submissions(), autograde: await autograde(task.autograde) };
await open(task.student);
await mark(task.score, task.comment);
first.page = await look();
execFileSync(task.again[0], task.again.slice(1), { cwd: task.folder });
const second = { rows: await submissions() };
await open(task.student);
second.page = await look();
await context.close();
process.stdout.write(JSON.stringify({ first, second, problems }));
