/**
 * What a terminal might obey, or an eye not see: control and format characters (among the latter are bidirectional and
 * zero-width ones and the invisible tags), line and paragraph separators, halves of surrogate pairs; fillers that look
 * like blanks; variation selectors that can carry hidden text (Unicode TR36, UAX 9).
 */
export const UNSAFE =
  /(?!\t)(?:[\u034f\u115f\u1160\u3164\uffa0\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[\u{e0100}-\u{e01ef}])/gu;
