import type { Definition, ScannedFile } from "./scanned-file.ts";
import { NOTHING_SCANNED } from "./scanned-file.ts";

/**
 * The functions of an assembly file: what ENTRY, SYM_FUNC_START, _GLOBAL and their like begin
 * (include/linux/linkage.h, Documentation/core-api/asm-annotations.rst), and labels that are made global. A function
 * ends at its END mark, or before the next one.
 */
export function scanAssembly(bytes: Buffer): ScannedFile {
  const found: { name: string; line: number; endLine: number; macro: string | undefined }[] = [];
  const globals = new Set<string>();
  let open: (typeof found)[number] | undefined;
  const lines = bytes.toString("latin1").split("\n");
  const begin = (name: string, line: number, macro: string | undefined): void => {
    if (open !== undefined && open.endLine === 0) open.endLine = line - 1;
    open = { name, line, endLine: 0, macro };
    found.push(open);
  };
  lines.forEach((text, index) => {
    const line = index + 1;
    const start = START.exec(text);
    const end = FINISH.exec(text);
    const global = GLOBAL.exec(text);
    const label = LABEL.exec(text);
    if (start?.[2] !== undefined) begin(start[2], line, start[1]);
    else if (end?.[1] !== undefined) {
      const ended = found.findLast((one) => one.name === end[1]);
      if (ended) ended.endLine = line;
    } else if (global?.[1] !== undefined) globals.add(global[1]);
    else if (label?.[1] !== undefined && globals.has(label[1])) begin(label[1], line, undefined);
  });
  if (open !== undefined && open.endLine === 0) open.endLine = lines.length;
  const definitions: Definition[] = found.map((one) => ({ ...one, kind: "assembly" }));
  return { ...NOTHING_SCANNED, definitions };
}

const START =
  /^[ \t]*(ENTRY|GLOBAL|WEAK|KPROBE_ENTRY|ENTRY_CFI|_GLOBAL(?:_TOC|_KASAN)?|SYM_(?:FUNC|CODE|TYPED_FUNC|INNER)_\w*(?:START|LABEL)\w*|SYM_FUNC_ALIAS|LEAF|NESTED)[ \t]*\([ \t]*([A-Za-z_]\w{0,255})/;
const FINISH =
  /^[ \t]*(?:ENDPROC|END|KPROBE_END|SYM_(?:FUNC|CODE)_END|ENDPROC_CFI|SYM_TYPED_FUNC_END)[ \t]*\([ \t]*([A-Za-z_]\w{0,255})/;
const GLOBAL = /^[ \t]*\.globa?l[ \t]+([A-Za-z_]\w{0,255})/;
const LABEL = /^([A-Za-z_]\w{0,255}):/;
