/**
 * What puts a text into the clipboard of the user's own terminal, also from far away (xterm's ctlseqs document, OSC 52).
 * Inside GNU screen it must be wrapped to get through; tmux takes it with `set-clipboard on`, or external.
 */
export function clipboardSequence(text: string, env: NodeJS.ProcessEnv): string {
  const sequence = `\x1b]52;c;${Buffer.from(text, "utf8").toString("base64")}\x07`;
  const inScreen = env.TMUX === undefined && (env.TERM ?? "").startsWith("screen");
  return inScreen ? `\x1bP${sequence}\x1b\\` : sequence;
}
