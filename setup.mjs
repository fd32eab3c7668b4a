// Makes a fresh clone ready: dependencies, then the built command. Does nothing that is done already.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const time = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
};

if (time("node_modules/.package-lock.json") < time("package-lock.json")) run("npm", ["ci"]);
run(process.execPath, ["build.mjs"]);
