/** What generated messages are made of. Words of the field; names of functions and devices are put together from pieces. */

export const AREAS: readonly string[] = (
  "sched mm net fs block crypto ipc lib sound security init usb pci acpi drm scsi ata md dm nfs ext4 xfs btrfs " +
  "ipv4 ipv6 tcp udp sctp bridge netfilter wireless mac80211 bluetooth can tty serial input hid i2c spi gpio clk " +
  "regulator power cpufreq cpuidle thermal hwmon watchdog rtc mtd ubi ubifs nvme virtio xen kvm vfio iommu dma irq " +
  "timer hrtimer rcu lockdep trace perf bpf cgroup cpuset futex signal ptrace proc sysfs debugfs kobject firmware " +
  "x86 arm arm64 powerpc s390 mips sparc riscv ia64 parisc alpha m68k sh um"
).split(" ");

/** The first part of a function's name; most functions carry their driver's or their subsystem's. */
export const PREFIXES: readonly string[] = (
  "lumen harbor quill ember basalt cobalt sorrel willow tundra marlin osprey falcon heron kestrel plover curlew " +
  "sched_rt sched_fair page_pool slab_lru vma_tree swap_slot inode_list dentry_hash super_block journal extent " +
  "quota_tree bio_chain request_queue elevator tag_set ring_desc skb_frag napi_poll qdisc_root route_cache neigh " +
  "sock_diag tcp_cong udp_tunnel sctp_assoc bridge_port nf_conn wifi_sta bss_scan hci_chan tty_port serial_core " +
  "hid_report usb_urb usb_hub pci_slot msi_desc acpi_node drm_plane drm_fence gem_object scsi_host ata_link raid_bio " +
  "dm_table nfs_open lockd_host xattr_block log_item btree_node clk_tree regmap_cache gpio_chip pinmux i2c_adapter " +
  "spi_transfer dma_chan iommu_group irq_domain timer_wheel rcu_node lock_class trace_event perf_ctx bpf_map cgroup_css"
).split(" ");

export const OBJECTS: readonly string[] = (
  "ring queue buffer entry table cache group state device port link node page range list tree lock work timer event " +
  "request frame packet header window stream channel context handle session mapping region slot block sector extent " +
  "record segment descriptor counter bitmap mask flags config mode clock reset power domain client server peer owner " +
  "parent child root leaf index offset length limit budget quota weight priority deadline token cookie key hash"
).split(" ");

export const ACTIONS: readonly string[] = (
  "alloc free get put init exit add remove insert delete find lookup update refresh enable disable start stop open " +
  "close read write copy move map unmap attach detach register unregister lock unlock wait wake poll flush sync drain " +
  "reset resume suspend probe release submit complete cancel retry handle process dispatch parse check validate commit"
).split(" ");

export const NOUNS: readonly string[] = (
  "reference count use-after-free race deadlock memory leak pointer error path return value lock order interrupt " +
  "handler work queue timeout overflow underflow buffer boundary check initialisation teardown module parameter sysfs " +
  "attribute device tree binding power management runtime suspend resume path firmware version register layout clock " +
  "gate interrupt mask descriptor ring receive path transmit queue checksum offload page fault handler swap cache " +
  "writeback inode eviction journal commit transaction quota lookup directory entry namespace cgroup limit scheduler " +
  "class load balancer wakeup preemption hotplug callback notifier chain kernel thread completion signal delivery"
).split(" ");

export const ADJECTIVES: readonly string[] = (
  "stale missing wrong unused redundant possible potential spurious uninitialised unbalanced double invalid early late " +
  "concurrent recursive lockless atomic aligned signed unsigned large small empty full broken obsolete duplicate dead " +
  "unexpected incorrect unreachable nested pending deferred per-cpu shared exclusive local remote global"
).split(" ");

export const NAMES: readonly string[] = (
  "Ada Bo Cleo Dag Elin Faro Gita Hale Ines Jovan Kaya Lior Mina Nils Oda Pia Quin Rasa Siv Tova Ulla Vera Wim Xenia " +
  "Yara Zeno Arlo Bela Cato Dora Egon Fenja Gero Hanna Ivo Jette Kolja Lotte Milo Nora"
).split(" ");

export const SURNAMES: readonly string[] = (
  "Almgren Birk Calder Dorn Eskil Farrow Grove Hollis Idris Jarvi Keller Lunde Marsh Norrby Oster Pryce Quist Rowan " +
  "Sandoz Thorne Ulven Varga Wexler Yates Zander Abbe Brandt Cole Drew Evers Frost Gale Hurst Ibsen Janda Kruse Lange"
).split(" ");

/** `{f}` a function, `{n}` a noun, `{a}` an adjective, `{o}` an object, `{d}` a device, `{#}` a number. */
export const SUBJECTS: readonly string[] = [
  "fix {a} {n} in {f}()",
  "fix {n} {n} when {f}() fails",
  "avoid {a} {n} on {d}",
  "prevent {n} in {f}()",
  "add support for the {d} {o}",
  "add {n} {n} to the {o} {o}",
  "remove {a} {n} {n}",
  "remove {a} {f}()",
  "convert {f}() to {a} {n}",
  "use {f}() for the {o} {n}",
  "move the {o} {n} out of {f}()",
  "make {f}() static",
  "do not touch the {o} {o} in {f}()",
  "handle {a} {n} of {d}",
  "simplify {n} of the {a} {o}",
  "check the {n} of {f}()",
  "rename {f}() to what it does",
  "document the {o} {n} of {d}",
];

export const SENTENCES: readonly string[] = [
  "When {f}() is called with an {a} {o}, the {n} is never released.",
  "The {o} {o} may be {a} by the time that {f}() looks at it.",
  "This was found by reading {f}(), which does not check the {n} of the {o}.",
  "On {d} the {o} {n} is {a}, and {f}() waits for it in vain.",
  "Since the {n} is taken in {f}() already, there is no need to take it again in {f}().",
  "Move the {n} of the {o} into {f}() so that every caller has it.",
  "No functional change.",
  "The {a} {n} can be seen with {#} {o}s and a {a} {o}.",
  "Both {f}() and {f}() use the same {o}, without a {n} between them.",
  "Fix it by taking the {o} {n} before the {o} is {a}.",
  "Only {d} and later have the {a} {o}, so leave the others alone.",
  "The result is {#} bytes smaller and {#} percent faster on {d}.",
  "Return an error when the {o} is {a}, as {f}() does.",
  "It is {a} since the {o} of {d} was split from its {n}.",
  "The {n} {n} of {f}() must hold the {o}'s {n}, and here it does not.",
  "Without this, {f}() runs {#} times for each {o} that is {a}.",
];

export const CRASHES: readonly string[] = [
  "BUG: unable to handle kernel NULL pointer dereference at 00000000000000{x}",
  "general protection fault: 0000 [#1] SMP",
  "kernel BUG at drivers/{p}.c:{#}!",
  "BUG: unable to handle page fault for address: ffff8800{x}{x}{x}{x}",
  "INFO: task {p}:{#} blocked for more than 120 seconds.",
  "BUG: KASAN: use-after-free in {f}+0x{x}/0x1{x}",
];
