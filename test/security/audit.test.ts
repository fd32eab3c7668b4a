import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { expect, test } from "vitest";

const AUDIT = new URL("../../audit.mjs", import.meta.url).pathname;

const ADVISORY = {
  esbuild: [
    {
      id: 1,
      url: "https://example.org/1",
      title: "it is known",
      severity: "high",
      vulnerable_versions: "*",
      cwe: [],
      cvss: { score: 7, vectorString: "" },
    },
  ],
};

function packument(name: string): object {
  const version = "0.0.1";
  return { name, "dist-tags": { latest: version }, versions: { [version]: { name, version } } };
}

/** Runs the audit against a registry of ours on this machine. */
async function audit(status: number, advisories: object): Promise<{ said: string; status: number }> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      // npm asks for the advisories, then for what there is of each package that one names
      const name = decodeURIComponent((request.url ?? "/").slice(1));
      const answer = request.method === "POST" ? advisories : packument(name);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: "0",
    npm_config_cache: `${process.env.TMPDIR ?? "/tmp"}/kfix-audit-${process.pid}-${port}`,
  };
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, [AUDIT], { env, encoding: "utf8" }, (error, stdout) =>
        resolve({ said: stdout.trim(), status: error ? Number(error.code) : 0 }),
      );
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a registry that knows nothing against the packages", async () => {
  expect(await audit(200, {})).toEqual({
    said: "npm audit: nothing is known against these packages",
    status: 0,
  });
});

test("a registry that knows something fails the check", async () => {
  const { said, status } = await audit(200, ADVISORY);
  expect(said).toMatch(/"high":[1-9]/);
  expect(status).toBe(1);
});

test("a registry that does not answer is said, and is no failure", async () => {
  expect(await audit(404, { error: "not here" })).toEqual({
    said: "npm audit: the registry does not answer; nothing is known",
    status: 0,
  });
});
