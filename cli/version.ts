/** kfix's own version; the build takes it from package.json. */
export const VERSION: string = process.env.KFIX_VERSION ?? "development";
