import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ask, runWell } from "../measure/process.ts";
import type { Measurement } from "../measure/samples.ts";
import type { Part } from "../measure/workplace.ts";

/** What the index of a source tree costs, beside the tools that do a part of it: xz and tar, ctags. */
export const tree: Part = {
  name: "tree",
  measure: async (place) => {
    const deb = place.options.input("tree");
    const peer = place.emptied("tree-peer");
    const home = place.emptied("home-tree");
    await runWell("sh", ["-c", UNPACK_MEMBER, "sh", deb, peer]);
    const folder = join(peer, "usr/src");
    const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tar.xz")) ?? "");

    const unpack = await runWell("sh", ["-c", 'xz -dc "$1" | tar x -C "$2"', "sh", tarball, peer]);
    const tags = await runWell("ctags", ["-R", "--languages=C", "-f", join(peer, "tags"), peer]);
    const add = await place.kfix(["source", "add", "-q", deb, "--name", "t", "--arch", "x86_64"], home);
    const index = await place.kfix(["source", "update", "-q", "--rebuild", "t"], home);
    const unpacked = join(home, "trees/t");
    const same = await runWell("ctags", ["-R", "--languages=C", "-f", join(peer, "tags"), unpacked]);
    const size = Number((await ask("du", ["-sb", unpacked])).split("\t")[0]) / 1e6;
    place.emptied("tree-peer");

    const both = "xz, tar and ctags, all architectures";
    const alone = "ctags of the tree without other architectures";
    const seconds = (what: string, sample: number, against?: string): Measurement => ({
      what,
      unit: "s",
      samples: [sample],
      ...(against === undefined ? {} : { against }),
    });
    return {
      inputs: "the linux-source-6.1 package, for x86_64",
      measurements: [
        seconds("xz and tar, all architectures", unpack.seconds),
        seconds(both, unpack.seconds + tags.seconds),
        seconds("kfix source add", add.seconds, both),
        seconds(alone, same.seconds),
        seconds("kfix source update --rebuild, the index alone", index.seconds, alone),
        { what: "memory of ctags", unit: "MB", samples: [same.megabytes] },
        { what: "memory of kfix source add", unit: "MB", samples: [add.megabytes] },
        { what: "the tree", unit: "MB", samples: [size] },
        { what: "its index", unit: "MB", samples: [statSync(join(home, "index/trees/t.db")).size / 1e6] },
      ],
    };
  },
};

const UNPACK_MEMBER = `dpkg-deb --fsys-tarfile "$1" | tar x -C "$2" --wildcards './usr/src/*.tar.xz'`;
