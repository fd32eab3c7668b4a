import { expect, test } from "vitest";
import { fullNames } from "../../../kernel/fleet/host-names.ts";

test.each<[string, string[], string, string]>([
  [
    "a short name is the one full name that begins with it",
    ["web1", "web1.example.com"],
    "web1",
    "web1.example.com",
  ],
  ["it may be of two machines", ["web1", "web1.a", "web1.b"], "web1", "web1"],
  ["full names stay apart", ["web1.a", "web1.b"], "web1.a", "web1.a"],
  ["another machine", ["web1", "web10.example.com"], "web1", "web1"],
  ["an address is no name", ["10", "10.0.0.7"], "10", "10"],
])("%s", (_what, names, name, full) => {
  expect(fullNames(names)(name)).toBe(full);
});
