/** The broadcasts of a syslog daemon to all terminals, where the log below repeats them. */

/** What rsyslogd and syslogd write above each (omusrmsg.c of rsyslog). */
const ANNOUNCEMENT = "Message from syslogd@";
/** The broadcast message itself: with the kernel's time it can be told from others. */
const BROADCAST = /^\W{0,8}(?:[\w.-]{1,64} )?kernel: ?(\[ *\d{1,10}\.\d{6}\].{1,4000})$/;
/** A blank line may stand between both. */
const BROADCAST_WITHIN = 2;

/**
 * The lines without the broadcasts that the log itself holds, too: a terminal shows both, and one headline is no two
 * crashes. Those of a terminal that shows nothing else stay.
 */
export function withoutRepeatedBroadcasts<Line extends { readonly text: string }>(
  lines: readonly Line[],
): readonly Line[] {
  const broadcasts = new Map<Line, string>();
  lines.forEach((line, index) => {
    if (!line.text.includes(ANNOUNCEMENT)) return;
    for (const next of lines.slice(index + 1, index + 1 + BROADCAST_WITHIN)) {
      const message = BROADCAST.exec(next.text.trimEnd())?.[1];
      if (message !== undefined) broadcasts.set(next, message);
    }
  });
  if (broadcasts.size === 0) return lines;
  const logged = new Set<string>();
  for (const line of lines) if (!broadcasts.has(line)) logged.add(timedMessage(line.text));
  return lines.filter((line) => {
    const message = broadcasts.get(line);
    return message === undefined || !logged.has(message);
  });
}

/** From the kernel's time on, empty without. */
function timedMessage(text: string): string {
  const at = text.search(/\[ *\d{1,10}\.\d{6}\]/);
  return at < 0 ? "" : text.slice(at).trimEnd();
}
