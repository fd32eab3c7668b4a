import fc from "fast-check";

/** Property tests draw the same cases on every run; another number in the environment draws others. */
fc.configureGlobal({ seed: Number(process.env.KFIX_TEST_SEED ?? 19910917) });
