/**
 * Architectures of the kernel, and what of a source tree belongs to which: a look-up for x86_64 need not read the
 * other 24. The rule is to drop only what the build of an architecture can never compile (the `depends on` of the
 * folder's Kconfig); dropping too much is worse than too little.
 */

/** An architecture as `uname -m` names it, and its folder under arch/. */
interface ArchitectureRow {
  /** `uname -m`, Debian's and Go's names, `ARCH=`: every spelling that people use. */
  readonly names: readonly string[];
  /** Folders under arch/ that its kernel is built from. */
  readonly folders: readonly string[];
  /** Why more than one folder. */
  readonly reason?: string;
}

export const ARCHITECTURES: readonly ArchitectureRow[] = [
  {
    names: ["x86_64", "amd64", "x64"],
    folders: ["x86", "x86_64", "i386"],
    reason: "arch/x86 since 2.6.24 (commit 2db55d344e52); before it arch/x86_64 took files of arch/i386",
  },
  {
    names: ["i386", "i486", "i586", "i686", "x86", "ia32"],
    folders: ["x86", "i386", "x86_64"],
    reason: "the same merge: arch/i386 took files of arch/x86_64 (kernel/early_printk.c)",
  },
  { names: ["arm64", "aarch64"], folders: ["arm64"] },
  { names: ["arm", "armv5tel", "armv6l", "armv7l", "armhf", "armel"], folders: ["arm"] },
  {
    names: ["ppc64le", "ppc64el", "ppc64", "ppc", "ppcle", "powerpc"],
    folders: ["powerpc", "ppc", "ppc64"],
    reason: "arch/ppc and arch/ppc64 were merged into arch/powerpc from 2.6.15 to 2.6.27",
  },
  { names: ["s390x", "s390"], folders: ["s390"] },
  { names: ["riscv64", "riscv", "riscv32"], folders: ["riscv"] },
  { names: ["mips", "mips64", "mipsel", "mips64el"], folders: ["mips"] },
  { names: ["loongarch64", "loongarch", "loong64"], folders: ["loongarch"] },
  {
    names: ["sparc64", "sparc"],
    folders: ["sparc", "sparc64"],
    reason: "merged in 2.6.29",
  },
  { names: ["alpha"], folders: ["alpha"] },
  { names: ["arc"], folders: ["arc"] },
  { names: ["avr32"], folders: ["avr32"] },
  { names: ["blackfin"], folders: ["blackfin"] },
  { names: ["c6x"], folders: ["c6x"] },
  { names: ["cris"], folders: ["cris"] },
  { names: ["csky"], folders: ["csky"] },
  { names: ["frv"], folders: ["frv"] },
  { names: ["h8300"], folders: ["h8300"] },
  { names: ["hexagon"], folders: ["hexagon"] },
  { names: ["ia64"], folders: ["ia64"] },
  { names: ["m32r"], folders: ["m32r"] },
  { names: ["m68k"], folders: ["m68k", "m68knommu"], reason: "merged in 2.6.39" },
  { names: ["metag"], folders: ["metag"] },
  { names: ["microblaze"], folders: ["microblaze"] },
  { names: ["mn10300"], folders: ["mn10300"] },
  { names: ["nds32"], folders: ["nds32"] },
  { names: ["nios2"], folders: ["nios2"] },
  { names: ["openrisc"], folders: ["openrisc"] },
  { names: ["parisc", "parisc64", "hppa"], folders: ["parisc"] },
  { names: ["score"], folders: ["score"] },
  { names: ["sh", "sh4", "sh64"], folders: ["sh", "sh64"], reason: "merged in 2.6.25" },
  { names: ["tile", "tilegx"], folders: ["tile"] },
  {
    names: ["um"],
    folders: ["um", "x86", "i386", "x86_64"],
    reason: "user mode Linux takes its CPU code from arch/x86/um and arch/x86 (arch/x86/Makefile.um)",
  },
  { names: ["unicore32"], folders: ["unicore32"] },
  { names: ["v850"], folders: ["v850"] },
  { names: ["xtensa"], folders: ["xtensa"] },
];

/** A folder outside arch/ that only some architectures build. */
interface OwnedFolder {
  readonly path: string;
  /** Folders under arch/ that build it. */
  readonly folders: readonly string[];
  /** The line of Kconfig or the Makefile that says so. */
  readonly reason: string;
}

export const OWNED_FOLDERS: readonly OwnedFolder[] = [
  { path: "drivers/s390/", folders: ["s390"], reason: "drivers/Makefile: obj-$(CONFIG_S390) += s390/" },
  {
    path: "drivers/parisc/",
    folders: ["parisc"],
    reason: "drivers/Makefile: obj-$(CONFIG_PARISC) += parisc/",
  },
  {
    path: "drivers/macintosh/",
    folders: ["powerpc", "ppc", "ppc64", "m68k"],
    reason: "drivers/macintosh/Kconfig: depends on PPC_PMAC || MAC",
  },
  {
    path: "drivers/sbus/",
    folders: ["sparc", "sparc64"],
    reason: "drivers/Makefile: obj-$(CONFIG_SBUS) += sbus/",
  },
  { path: "drivers/dio/", folders: ["m68k"], reason: "drivers/Makefile: obj-$(CONFIG_DIO) += dio/" },
  {
    path: "drivers/nubus/",
    folders: ["m68k"],
    reason: "drivers/nubus: CONFIG_NUBUS depends on MAC (arch/m68k/Kconfig.bus)",
  },
  {
    path: "drivers/zorro/",
    folders: ["m68k", "powerpc", "ppc"],
    reason: "CONFIG_ZORRO: Amiga, and APUS of old powerpc",
  },
  {
    path: "drivers/tc/",
    folders: ["mips", "alpha"],
    reason: "CONFIG_TC: TURBOchannel of DECstation and Alpha",
  },
  { path: "drivers/ps3/", folders: ["powerpc"], reason: "drivers/Makefile: CONFIG_PPC_PS3" },
  { path: "drivers/mips/", folders: ["mips"], reason: "CONFIG_MIPS" },
  { path: "sound/ppc/", folders: ["powerpc", "ppc", "ppc64"], reason: "sound/ppc/Kconfig: depends on PPC" },
  { path: "sound/sparc/", folders: ["sparc", "sparc64"], reason: "sound/sparc/Kconfig: depends on SPARC" },
  { path: "sound/parisc/", folders: ["parisc"], reason: "sound/parisc/Kconfig: depends on GSC" },
  { path: "sound/mips/", folders: ["mips"], reason: "sound/mips/Kconfig: depends on MIPS" },
  { path: "sound/sh/", folders: ["sh", "sh64"], reason: "sound/sh/Kconfig: depends on SUPERH" },
];

/** Every architecture: nothing is left out. */
export const ALL_ARCHITECTURES = "all";

/**
 * The folders under arch/ of an architecture, in any spelling (`amd64`, `aarch64`, `ppc64el`, `i686`);
 * undefined for a name that no kernel has.
 */
export function architectureFolders(name: string): readonly string[] | undefined {
  const wanted = name.trim().toLowerCase();
  return (
    ARCHITECTURES.find((row) => row.names.includes(wanted)) ??
    ARCHITECTURES.find((row) => row.folders.includes(wanted))
  )?.folders;
}

/** The name that `uname -m` gives: `amd64` is `x86_64`; undefined for one that no kernel has. */
export function canonicalArchitecture(name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  if (wanted === ALL_ARCHITECTURES) return ALL_ARCHITECTURES;
  const row =
    ARCHITECTURES.find((one) => one.names.includes(wanted)) ??
    ARCHITECTURES.find((one) => one.folders.includes(wanted));
  return row?.names[0];
}

/**
 * The folder under arch/ that a path of a source tree belongs to; undefined: it is everyone's. A folder that
 * several build (drivers/macintosh) gives the first of them.
 */
export function architectureOfPath(path: string): string | undefined {
  return ownersOf(path)?.[0];
}

/** Says of a path whether it can be compiled for one of the architectures; `all` or none given: everything can. */
export function architectureFilter(names: readonly string[]): (path: string) => boolean {
  if (names.length === 0 || names.includes(ALL_ARCHITECTURES)) return () => true;
  const wanted = new Set(names.flatMap((name) => architectureFolders(name) ?? []));
  return (path) => {
    const owners = ownersOf(path);
    return owners === undefined || owners.some((owner) => wanted.has(owner));
  };
}

/** Patterns, as ripgrep's and fast-glob's, of the folders that no architecture among `names` builds. */
export function foreignPatterns(names: readonly string[]): string[] {
  const belongs = architectureFilter(names);
  const folders = [...KNOWN_FOLDERS].flatMap((name) => [
    `arch/${name}/`,
    `include/asm-${name}/`,
    `tools/arch/${name}/`,
  ]);
  return [...folders, ...OWNED_FOLDERS.map((row) => row.path)]
    .filter((folder) => !belongs(folder))
    .map((folder) => `/${folder}**`);
}

function ownersOf(path: string): readonly string[] | undefined {
  const match = BY_PATH.exec(path);
  if (match !== null) {
    const folder = match[1] ?? match[2] ?? match[3] ?? "";
    return KNOWN_FOLDERS.has(folder) ? [folder] : undefined;
  }
  if (!OWNED_PARENT.test(path)) return undefined;
  return OWNED_FOLDERS.find((row) => path.startsWith(row.path))?.folders;
}

/**
 * `arch/sparc/...`; `include/asm-sparc/...` of kernels before 2.6.28 (asm-generic is everyone's); tools' copies of
 * the headers, `tools/arch/sparc`.
 */
const BY_PATH = /^(?:arch\/([^/]+)\/|include\/asm-([^/]+)\/|tools\/arch\/([^/]+)\/)/;
const OWNED_PARENT = /^(?:drivers|sound)\//;
const KNOWN_FOLDERS = new Set(ARCHITECTURES.flatMap((row) => row.folders));
