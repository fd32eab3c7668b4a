import { expect, test } from "vitest";
import { printerFamily } from "../../../kernel/source/print-macros.ts";

const FAMILIES: Readonly<Record<string, string>> = {
  none: `pr_cont pr_cont_once KERN_CONT printk _printk vprintk early_printk printk_once printk_ratelimited
    printk_deferred WARN WARN_ONCE WARN_RATELIMIT net_WARN_ONCE DMA_WARN _warn_printk __warn_printk die
    die_if_kernel no_printk trace_printk xen_raw_printk prom_printf DMERR DMWARN_LIMIT xfs_alert xfs_warn_once
    xfs_buf_alert_ratelimited ACPI_INFO ACPI_BIOS_ERROR acpi_error acpi_bios_exception`,
  pr_fmt:
    "pr_err pr_warn_once pr_info_ratelimited net_pr_err pr_debug_extra cifs_dbg cifs_server_dbg cifs_tcon_dbg",
  dev_fmt: `dev_err dev_warn_once _dev_info dev_err_probe netdev_err netif_info sdev_printk scmd_dbg
    ata_port_err ata_link_warn ata_dev_info hid_err usb_warn pci_info hw_dbg wiphy_err shost_printk starget_dbg
    ibdev_warn drm_err v4l2_info`,
  panic: "panic",
};

for (const [prefix, names] of Object.entries(FAMILIES))
  test.each(names.split(/\s+/))(`%s puts ${prefix} before its text`, (name) => {
    expect(printerFamily(name)?.prefix).toBe(prefix);
  });

test.each(["ath_err", "DRM_ERROR", "btrfs_info_in_rcu", "seq_printf", ""])("%j is of no family", (name) => {
  expect(printerFamily(name)).toBeUndefined();
});
