/**
 * How distributions name their kernels. The first row that fits counts, so the narrower stands above the wider.
 * Every row is tested with its examples, and docs/versions.md is made from this table.
 */
export interface Distribution {
  readonly id: string;
  readonly name: string;
  /** What `uname -r` looks like. */
  readonly release: RegExp;
  /** What the build string, or the rest of the line, must have as well. */
  readonly build?: RegExp;
  /** Where the upstream number is. */
  readonly number: NumberIn;
  /** Its packages have fixes, of CVEs mostly, that the upstream release of that number does not have. */
  readonly addsFixes?: true;
  /** Finds the package's version: in the release, or in the build string behind it. */
  readonly package?: RegExp;
  /** What tells what the release does not. */
  readonly how?: string;
  /** How the package's versions are ordered, and the kind of its changelog. */
  readonly packaging?: "deb" | "rpm";
  readonly examples: readonly DistributionExample[];
  /** Where the pattern is laid down, or was read off. */
  readonly source: string;
}

/**
 * - `release`: the release begins with the upstream number
 * - `package`: the package's version does; the release only has the series
 * - `signature`: /proc/version_signature says it; the release only has the series
 * - `hidden`: thousands of changes were taken over under an old number: nothing follows from it
 */
export type NumberIn = "release" | "package" | "signature" | "hidden";

export interface DistributionExample {
  readonly text: string;
  readonly upstream: string | undefined;
  readonly package?: string;
}

const RPM_PACKAGE =
  /^(\d[\w.+~^]*-[\w.+~^]+?)(?:\.(?:x86_64|aarch64|ppc64le|s390x|i[3-6]86|armv7hl))?(?:[+-]\w[\w+-]*)?$/;

export const DISTRIBUTIONS: readonly Distribution[] = [
  {
    id: "raspberrypi",
    name: "Raspberry Pi OS",
    release: /^\d+\.\d+\.\d+-rpi\d+-rpi-/,
    number: "package",
    package: /Debian (?:\d+:)?(\d[\w.+~-]*)/,
    how: "run uname -v",
    packaging: "deb",
    examples: [
      { text: "6.1.0-rpi7-rpi-v8", upstream: undefined },
      {
        text: "6.1.0-rpi7-rpi-v8 #1 SMP PREEMPT Debian 1:6.1.63-1+rpt1 (2023-11-24)",
        upstream: "6.1.63",
        package: "6.1.63-1+rpt1",
      },
    ],
    source: "github.com/RPi-Distro/linux-packaging",
  },
  {
    id: "raspberrypi",
    name: "Raspberry Pi OS",
    release: /^\d+\.\d+\.\d+(?:-v[678]l?\+|\+rpt|-rpi|-v8-16k\+)/,
    number: "release",
    examples: [
      { text: "6.1.21-v8+", upstream: "6.1.21" },
      { text: "6.6.20+rpt-rpi-v8", upstream: "6.6.20" },
    ],
    source: "github.com/raspberrypi/linux, CONFIG_LOCALVERSION of bcm2711_defconfig",
  },
  {
    id: "android",
    name: "Android (GKI)",
    release: /^\d+\.\d+\.\d+-android\d+-/,
    number: "release",
    examples: [{ text: "5.15.110-android13-4-00123-g0123456789ab-ab10234567", upstream: "5.15.110" }],
    source: 'source.android.com, "GKI versioning scheme"',
  },
  {
    id: "wsl",
    name: "Windows Subsystem for Linux",
    release: /^\d+\.\d+\.\d+(?:\.\d+)?-microsoft/i,
    number: "release",
    examples: [
      { text: "5.15.133.1-microsoft-standard-WSL2", upstream: "5.15.133" },
      { text: "4.19.104-microsoft-standard", upstream: "4.19.104" },
    ],
    source: "github.com/microsoft/WSL2-Linux-Kernel: a fourth number counts Microsoft's own builds",
  },
  {
    id: "debian",
    name: "Debian",
    release:
      /^\d+\.\d+\.\d+(?:\+deb\d+)?-(?:rt-|cloud-)?(?:amd64|arm64|arm64-16k|686(?:-pae)?|armmp|riscv64|powerpc64le|s390x)$/,
    build: /Debian \d+\.\d+\.[1-9]/,
    number: "package",
    package: /Debian (\d[\w.+~-]*)/,
    packaging: "deb",
    examples: [
      {
        text: "6.12.43+deb13-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.12.43-1 (2025-08-27)",
        upstream: "6.12.43",
        package: "6.12.43-1",
      },
    ],
    source: "salsa.debian.org/kernel-team/linux: from 6.11 on the release has the upstream number",
  },
  {
    id: "debian",
    name: "Debian",
    release:
      /^\d+\.\d+\.[1-9]\d*(?:\+deb\d+)?-(?:rt-|cloud-)?(?:amd64|arm64|arm64-16k|686(?:-pae)?|armmp|riscv64|powerpc64le|s390x)$/,
    number: "release",
    packaging: "deb",
    examples: [{ text: "6.12.6-amd64", upstream: "6.12.6" }],
    source: "salsa.debian.org/kernel-team/linux: from 6.11 on the release has the upstream number",
  },
  {
    id: "debian",
    name: "Debian",
    release:
      /^(?:2\.6\.\d+|\d+\.\d+(?:\.0)?)-(?:0\.(?:bpo|deb\d+)\.)?(?:rc\d+-)?\d+(?:\.bpo\.\d+)?-(?:rt-|cloud-|vserver-|openvz-|xen-|trunk-)?(?:amd64|i?[3456]86(?:-pae|-bigmem)?|arm64|armmp(?:-lpae)?|armel|marvell|kirkwood|orion5x|versatile|ixp4xx|iop32x|mx5|powerpc(?:64(?:le)?|-smp)?|s390x?|ia64|itanium|mckinley|parisc(?:64)?(?:-smp)?|alpha-\w+|sparc64(?:-smp)?|loongson-3|octeon|[45]kc-malta|mips32r2el|mips64r2el|sb1-bcm91250a|rpi|riscv64)$/,
    number: "package",
    package: /Debian (\d[\w.+~-]*)/,
    how: "run uname -v",
    packaging: "deb",
    examples: [
      { text: "6.1.0-18-amd64", upstream: undefined },
      {
        text: "Linux web1 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01) x86_64 GNU/Linux",
        upstream: "6.1.76",
        package: "6.1.76-1",
      },
      { text: "3.16.0-4-amd64 #1 Debian 3.16.36-1+deb8u2", upstream: "3.16.36", package: "3.16.36-1+deb8u2" },
      { text: "2.6.32-5-686-bigmem", upstream: undefined },
      { text: "6.1.0-0.deb11.17-cloud-amd64", upstream: undefined },
      { text: "4.9.0-0.bpo.2-amd64", upstream: undefined },
    ],
    source: 'kernel-team.pages.debian.net/kernel-handbook, "Version numbers and ABIs"',
  },
  {
    id: "ubuntu",
    name: "Ubuntu",
    release:
      /^\d+\.\d+\.\d+-\d+-(?:generic|lowlatency|server|virtual|aws|azure|azure-fde|gcp|gke|gkeop|kvm|oracle|raspi\d?|ibm|nvidia|realtime|oem|intel|xilinx-zynqmp|euclid|bluefield|starfive|laptop|snapdragon)\b/,
    number: "signature",
    addsFixes: true,
    package: /(?:^|[ (])Ubuntu (\d[\w.~+-]*?)-[a-z]/,
    how: "run cat /proc/version_signature",
    packaging: "deb",
    examples: [
      { text: "5.15.0-91-generic", upstream: undefined },
      { text: "Ubuntu 5.15.0-91.101-generic 5.15.131", upstream: "5.15.131", package: "5.15.0-91.101" },
      {
        text: "Linux h 5.15.0-91-generic #101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023 x86_64 x86_64 x86_64 GNU/Linux",
        upstream: undefined,
        package: "5.15.0-91.101",
      },
    ],
    source: 'wiki.ubuntu.com/Kernel/FAQ, "How can we determine the version of the running kernel"',
  },
  {
    id: "proxmox",
    name: "Proxmox VE",
    release: /^\d+\.\d+\.\d+-\d+(?:-\d+)?-pve$/,
    number: "release",
    addsFixes: true,
    packaging: "deb",
    examples: [{ text: "6.5.11-7-pve", upstream: "6.5.11" }],
    source: "git.proxmox.com, pve-kernel",
  },
  {
    id: "oracle",
    name: "Oracle Linux (UEK)",
    release: /\.el\d+\w*uek|el\d+uek/,
    number: "hidden",
    package: RPM_PACKAGE,
    how: "rpm -q --changelog kernel-uek > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      { text: "5.4.17-2136.315.5.el8uek.x86_64", upstream: undefined, package: "5.4.17-2136.315.5.el8uek" },
    ],
    source: 'docs.oracle.com, "Unbreakable Enterprise Kernel"',
  },
  {
    id: "elrepo",
    name: "ELRepo mainline",
    release: /\.el\d+\.elrepo/,
    number: "release",
    packaging: "rpm",
    examples: [{ text: "6.6.8-1.el9.elrepo.x86_64", upstream: "6.6.8" }],
    source: "elrepo.org, kernel-ml and kernel-lt",
  },
  {
    id: "rocky",
    name: "Rocky Linux",
    release: /\.el\d+/,
    build: /rockylinux/i,
    number: "hidden",
    package: RPM_PACKAGE,
    how: "rpm -q --changelog kernel-core > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      {
        text: "Linux version 5.14.0-362.8.1.el9_3.x86_64 (mockbuild@iad1-prod-build001.bld.equ.rockylinux.org) (gcc 11.4.1) #1 SMP PREEMPT_DYNAMIC Wed Nov 8 17:36:32 UTC 2023",
        upstream: undefined,
        package: "5.14.0-362.8.1.el9_3",
      },
    ],
    source: "the build host in /proc/version",
  },
  {
    id: "alma",
    name: "AlmaLinux",
    release: /\.el\d+/,
    build: /almalinux/i,
    number: "hidden",
    package: RPM_PACKAGE,
    how: "rpm -q --changelog kernel-core > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      {
        text: "Linux version 4.18.0-513.5.1.el8_9.x86_64 (mockbuild@x64-builder02.almalinux.org) (gcc 8.5.0) #1 SMP Fri Nov 17 03:31:10 EST 2023",
        upstream: undefined,
        package: "4.18.0-513.5.1.el8_9",
      },
    ],
    source: "the build host in /proc/version",
  },
  {
    id: "centos",
    name: "CentOS",
    release: /\.el\d+/,
    build: /centos/i,
    number: "hidden",
    package: RPM_PACKAGE,
    how: "rpm -q --changelog kernel > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      {
        text: "Linux version 3.10.0-1160.el7.x86_64 (mockbuild@kbuilder.bsys.centos.org) (gcc version 4.8.5) #1 SMP Mon Oct 19 16:18:59 UTC 2020",
        upstream: undefined,
        package: "3.10.0-1160.el7",
      },
    ],
    source: "the build host in /proc/version",
  },
  {
    id: "rhel",
    name: "RHEL and its rebuilds",
    release: /\.el\d+|\.el\d+[_.]|\.EL\w*$|-\d+\.(?:vz|lve|al)\d/,
    number: "hidden",
    package: RPM_PACKAGE,
    how: "rpm -q --changelog kernel > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      { text: "5.14.0-362.8.1.el9_3.x86_64", upstream: undefined, package: "5.14.0-362.8.1.el9_3" },
      { text: "4.18.0-513.el8.x86_64", upstream: undefined, package: "4.18.0-513.el8" },
      { text: "2.6.32-754.el6.x86_64", upstream: undefined, package: "2.6.32-754.el6" },
    ],
    source: "access.redhat.com/articles/3078: one base for the whole life of a release",
  },
  {
    id: "openeuler",
    name: "openEuler, Anolis, TencentOS",
    release: /\.oe\d|\.an\d|tlinux|\.ocs\d|\.tl\d/,
    number: "hidden",
    package: RPM_PACKAGE,
    how: "rpm -q --changelog kernel > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      { text: "4.19.90-2112.8.0.0131.oe1.x86_64", upstream: undefined, package: "4.19.90-2112.8.0.0131.oe1" },
    ],
    source: "gitee.com/openeuler/kernel: a long-term base with the vendor's own changes",
  },
  {
    id: "fedora",
    name: "Fedora",
    release: /\.fc\d+/,
    number: "release",
    package: RPM_PACKAGE,
    packaging: "rpm",
    examples: [
      { text: "6.6.8-200.fc39.x86_64", upstream: "6.6.8", package: "6.6.8-200.fc39" },
      { text: "6.8.0-0.rc3.26.fc40.x86_64", upstream: "6.8-rc3", package: "6.8.0-0.rc3.26.fc40" },
      { text: "7.2.0-200.fc39.x86_64", upstream: "7.2", package: "7.2.0-200.fc39" },
    ],
    source: "src.fedoraproject.org/rpms/kernel",
  },
  {
    id: "amazon",
    name: "Amazon Linux",
    release: /\.amzn\d/,
    number: "release",
    addsFixes: true,
    package: RPM_PACKAGE,
    packaging: "rpm",
    examples: [
      { text: "5.10.205-195.807.amzn2.x86_64", upstream: "5.10.205", package: "5.10.205-195.807.amzn2" },
      { text: "6.1.66-91.160.amzn2023.aarch64", upstream: "6.1.66", package: "6.1.66-91.160.amzn2023" },
    ],
    source: 'docs.aws.amazon.com/linux/al2023, "Kernel updates"',
  },
  {
    id: "azurelinux",
    name: "Azure Linux, CBL-Mariner, Photon",
    release: /\.cm\d|\.azl\d|\.ph\d/,
    number: "release",
    addsFixes: true,
    package: RPM_PACKAGE,
    packaging: "rpm",
    examples: [{ text: "5.15.138.1-4.cm2", upstream: "5.15.138", package: "5.15.138.1-4.cm2" }],
    source: "github.com/microsoft/azurelinux, SPECS/kernel",
  },
  {
    id: "tumbleweed",
    name: "openSUSE Tumbleweed",
    release: /^(?:[5-9]|\d\d)\.\d+\.\d+-\d-(?:default|vanilla|preempt|pae)$/,
    number: "release",
    packaging: "rpm",
    examples: [{ text: "6.6.7-1-default", upstream: "6.6.7" }],
    source: "kernel.opensuse.org, branch stable",
  },
  {
    id: "suse",
    name: "SUSE Linux Enterprise, openSUSE Leap",
    release: /-(?:default|default-base|azure|preempt|desktop|kvmsmall|64kb|trace|pae|xen|ec2|rt)$/,
    number: "hidden",
    package: /^(\d[\w.]*-[\d.]+)-/,
    how: "rpm -q --changelog kernel-default > FILE, then kfix source add changelog FILE",
    packaging: "rpm",
    examples: [
      { text: "5.14.21-150500.55.39-default", upstream: undefined, package: "5.14.21-150500.55.39" },
      { text: "3.0.101-63-default", upstream: undefined, package: "3.0.101-63" },
    ],
    source: 'suse.com/support/kb, "SUSE Linux Enterprise kernel versions"',
  },
  {
    id: "alpine",
    name: "Alpine",
    release: /^\d+\.\d+\.\d+-\d+-(?:lts|virt|rpi\d?|edge|stable)$/,
    build: /Alpine/,
    number: "release",
    examples: [{ text: "6.6.7-1-lts #2-Alpine SMP PREEMPT_DYNAMIC", upstream: "6.6.7" }],
    source: "gitlab.alpinelinux.org, main/linux-lts/APKBUILD",
  },
  {
    id: "alpine",
    name: "Alpine",
    release: /^\d+\.\d+\.\d+-(?:0-lts|\d+-virt|\d+-edge)$/,
    number: "release",
    examples: [{ text: "6.6.7-0-lts", upstream: "6.6.7" }],
    source: "gitlab.alpinelinux.org, main/linux-lts/APKBUILD: its count begins with 0, Arch's with 1",
  },
  {
    id: "arch",
    name: "Arch Linux",
    release: /-arch\d|-zen\d+-\d+-zen$|-hardened\d+-\d+-hardened$|^\d+\.\d+\.\d+-[1-9]\d*-lts$|-ARCH$/,
    number: "release",
    examples: [
      { text: "6.6.1-arch1-1", upstream: "6.6.1" },
      { text: "6.7.0-zen3-1-zen", upstream: "6.7" },
      { text: "6.6.8-1-lts", upstream: "6.6.8" },
    ],
    source: "gitlab.archlinux.org/archlinux/packaging/packages/linux",
  },
  {
    id: "manjaro",
    name: "Manjaro",
    release: /-MANJARO$/,
    number: "release",
    examples: [{ text: "6.6.8-2-MANJARO", upstream: "6.6.8" }],
    source: "gitlab.manjaro.org/packages/core",
  },
  {
    id: "gentoo",
    name: "Gentoo",
    release: /-gentoo/,
    number: "release",
    examples: [{ text: "6.1.57-gentoo-x86_64", upstream: "6.1.57" }],
    source: "wiki.gentoo.org/wiki/Kernel",
  },
  {
    id: "flatcar",
    name: "Flatcar, CoreOS",
    release: /-(?:flatcar|coreos)/,
    number: "release",
    examples: [{ text: "5.15.142-flatcar", upstream: "5.15.142" }],
    source: "github.com/flatcar/scripts, sys-kernel/coreos-kernel",
  },
];

/** The distribution that names a kernel so; undefined for a number alone, which is no distribution's. */
export function distributionOf(release: string, build: string): Distribution | undefined {
  if (/^[\d.]*$/.test(release)) return undefined;
  return DISTRIBUTIONS.find((one) => one.release.test(release) && (one.build?.test(build) ?? true));
}
