/** What else a kernel and its machine say: lines that belong to no crash. */

export const KERNEL_LINES: readonly string[] = [
  "usb 1-1: new high-speed USB device number 5 using xhci_hcd",
  "usb 1-1: USB disconnect, device number 5",
  "e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx",
  "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready",
  "EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)",
  "device eth0 entered promiscuous mode",
  "perf: interrupt took too long (2504 > 2500), lowering kernel.perf_event_max_sample_rate to 79000",
  'audit: type=1400 audit(1478959591.123:45): apparmor="STATUS" operation="profile_load" pid=612 comm="apparmor_parser"',
  "TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.  Check SNMP counters.",
  "sd 2:0:0:0: [sdb] Attached SCSI removable disk",
  "cfg80211: Calling CRDA to update world regulatory domain",
  "nf_conntrack: default automatic helper assignment has been turned off for security reasons",
  "hrtimer: interrupt took 12345 ns",
  "bond0: link status definitely up for interface eth1, 10000 Mbps full duplex",
];

/** Programs beside the kernel, as a system log has them. */
export const PROGRAM_LINES: readonly string[] = [
  "sshd[2211]: Accepted publickey for root from 192.0.2.7 port 50222 ssh2",
  "systemd[1]: Started Daily apt download activities.",
  "CRON[3312]: (root) CMD (test -x /usr/sbin/anacron || run-parts /etc/cron.hourly)",
  "dhclient[812]: DHCPACK of 192.0.2.33 from 192.0.2.1",
];
