/** A guard, and how to take it away: the text `from`, which stands once in the file, becomes `to`. */
export interface Mutation {
  readonly guard: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The tests of which one must then fail. */
  readonly tests: readonly string[];
}

const REPOSITORY = ["test/security/hostile-repository.test.ts"];

export const MUTATIONS: readonly Mutation[] = [
  {
    guard: "git: objects are read without the repository's configuration",
    file: "indexer/git.ts",
    from: 'start(["--git-dir", blankGitDir(),',
    to: 'start(["--git-dir", gitDir,',
    tests: REPOSITORY,
  },
  {
    guard: "git: a partial clone fetches nothing",
    file: "indexer/git.ts",
    from: '{ ...gitEnvironment(), GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" }',
    to: "gitEnvironment()",
    tests: REPOSITORY,
  },
  {
    guard: "git: only known protocols",
    file: "indexer/git.ts",
    from: 'GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",\n',
    to: "",
    tests: REPOSITORY,
  },
  {
    guard: "git: a remote is asked outside of the repository at hand",
    file: "indexer/clone.ts",
    from: '"--git-dir", path, "ls-remote"',
    to: '"ls-remote"',
    tests: REPOSITORY,
  },
  {
    guard: "git: a repository of another user is refused",
    file: "indexer/git.ts",
    from: '["-C", folder, ...settings(["safe.bareRepository=all"]),',
    to: '["--git-dir", folder, ...settings([]),',
    tests: REPOSITORY,
  },
];
