// Fails when a package has a known vulnerability. A registry that does not answer (mirrors often have no such service)
// is said, and is no failure: nothing is known then.
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--json"], {
  cwd: import.meta.dirname,
  encoding: "utf8",
});
const found = read(stdout)?.metadata?.vulnerabilities;
if (found === undefined) console.log("npm audit: the registry does not answer; nothing is known");
else {
  const told = Object.entries(found).filter(([level, count]) => level !== "total" && count > 0);
  console.log(
    `npm audit: ${told.length === 0 ? "nothing is known against these packages" : JSON.stringify(found)}`,
  );
  if (told.length > 0) process.exitCode = 1;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
