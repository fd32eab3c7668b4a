import { afterAll, beforeAll } from "vitest";
import { cacheFolders } from "../../cache/folders.ts";
import { closeIndex, openIndex } from "../../cli/open-index.ts";
import type { Library } from "../../finder/library.ts";
import { Workplace } from "../cli/run-kfix.ts";

/** The index of the kernel-like history, open while the tests of a file run. */
export function openHistory(): () => Library {
  let place: Workplace;
  let library: Library;
  beforeAll(async () => {
    place = await Workplace.withHistory();
    library = openIndex(cacheFolders({ cacheDir: place.home }));
  });
  afterAll(() => {
    closeIndex(library);
    place.remove();
  });
  return () => library;
}
