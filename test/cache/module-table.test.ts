import { expect, test } from "vitest";
import { modulesOfFile } from "../../cache/module-table.ts";

test.each([
  ["drivers/net/lumen/lumen_main.c", ["lumen"]],
  ["drivers/net/Lumen-pci/lumen-core.c", ["lumen", "lumen_pci"]],
  ["drivers/scsi/NCR5380.c", ["ncr5380", "scsi"]],
  ["main.c", ["main", ""]],
  ["drivers/net/lumen/lumen.h", []],
])("%s may be of %j", (path, modules) => {
  expect(modulesOfFile(path)).toEqual(modules);
});
