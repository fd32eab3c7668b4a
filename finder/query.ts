import { KfixError } from "../kernel/error.ts";

/** What a person's words name. */
export type Named = { readonly cve: string } | { readonly sha: string } | { readonly subject: string };

/**
 * Understands how commits and CVEs are named in mails, trackers, web pages and messages of commits: `Fixes: SHA ("subject")`,
 * `commit SHA upstream.`, a line of `git log --oneline`, the address of a commit or a CVE, `Re: [PATCH 2/3] subject`. A sha
 * is given in lower case, a CVE in upper case.
 *
 * Throws `bad-input` for what begins as a CVE's name and is none.
 */
export function namedBy(text: string): Named {
  const isAddress = ADDRESS.test(text);
  const cve = (isAddress ? CVE_WITHIN : CVE).exec(text)?.[0];
  if (cve !== undefined) return { cve: cve.toUpperCase() };
  if (MALFORMED_CVE.test(text)) {
    throw new KfixError("bad-input", `${text} is no CVE's name`, {
      hint: "a name has a year and a number of four digits or more, as in: CVE-2024-26642",
    });
  }
  const sha = (isAddress ? SHA_WITHIN : SHA_AND_MORE).exec(text)?.[1] ?? SHA.exec(text)?.[0];
  return sha === undefined ? { subject: text.replace(ANSWERED, "") } : { sha: sha.toLowerCase() };
}

const ADDRESS = /^(?:https?|git):\/\/\S+$/i;
const CVE = /^CVE-\d{4}-\d{4,10}$/i;
const CVE_WITHIN = /\bCVE-\d{4}-\d{4,10}\b/i;
const MALFORMED_CVE = /^CVE-[\d-]*$/i;
const SHA = /^[0-9a-f]{7,40}$/i;
/** As in `/commit/?id=SHA`, `/linus/SHA`, `/commit/SHA.patch`. */
const SHA_WITHIN = /[/=]([0-9a-f]{7,40})(?:[.?#&/]|$)/i;
/** Words are of letters: `facade` and `defaced` name no commit. */
const SHA_AND_MORE =
  /^[[(]?\s*(?:(?:fixes|upstream|backport of|cherry picked from|this reverts):?\s+)?(?:commit:?\s+)?((?=[a-f]*\d)[0-9a-f]{7,40})(?=[\s.,)\]]|$)/i;
const ANSWERED = /^(?:(?:re|fwd?|aw):\s*)+/i;
