/**
 * How the shape of a JSON answer is written down, once: the JSON Schema of docs/schema is made from it, and so is the
 * type that the code which composes the answer is checked against.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** The schemas that `schema` refers to, by name. */
  readonly uses: Readonly<Record<string, JsonSchema>>;
  /** Never there: it carries the type. */
  readonly is?: T;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The type of what a shape describes. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

export interface Optional<T> extends Shape<T> {
  readonly optional: true;
}

export function text(says?: string): Shape<string> {
  return plain("string", says);
}

/** A time as ISO 8601 writes it. */
export function time(says?: string): Shape<string> {
  return { schema: { type: "string", format: "date-time", ...told(says) }, uses: {} };
}

export function whole(says?: string): Shape<number> {
  return plain("integer", says);
}

export function number(says?: string): Shape<number> {
  return plain("number", says);
}

export function yesNo(says?: string): Shape<boolean> {
  return plain("boolean", says);
}

/** Any JSON value: what the asker gave is given back. */
export function anything(says?: string): Shape<unknown> {
  return { schema: { ...told(says) }, uses: {} };
}

export function constant<T extends string>(value: T): Shape<T> {
  return { schema: { const: value }, uses: {} };
}

/** One of some words; each comes with its meaning, or an empty text where the word says it. */
export function oneOf<T extends string>(meanings: Readonly<Record<T, string>>): Shape<T> {
  const told = Object.entries<string>(meanings).filter(([, meaning]) => meaning !== "");
  const description = told.map(([word, meaning]) => `${word}: ${meaning}`).join("; ");
  return {
    schema: { type: "string", enum: Object.keys(meanings), ...(description === "" ? {} : { description }) },
    uses: {},
  };
}

export function list<T>(item: Shape<T>, says?: string): Shape<readonly T[]> {
  return { schema: { type: "array", items: item.schema, ...told(says) }, uses: item.uses };
}

export function pair<T>(item: Shape<T>, says?: string): Shape<readonly [T, T]> {
  const { schema, uses } = list(item, says);
  return { schema: { ...schema, minItems: 2, maxItems: 2 }, uses };
}

/** Null stands for what is not known, or is not there. */
export function nullable<T>({ schema, uses }: Shape<T>): Shape<T | null> {
  if (typeof schema.type !== "string") return { schema: { anyOf: [schema, { type: "null" }] }, uses };
  const words = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {};
  return { schema: { ...schema, type: [schema.type, "null"], ...words }, uses };
}

/** A member that some answers have and others have not. */
export function optional<T>(shape: Shape<T>): Optional<T> {
  return { ...shape, optional: true };
}

/** An object with these members and no others. */
export function record<F extends Fields>(fields: F, says?: string): Shape<Recorded<F>> {
  const entries = Object.entries(fields);
  return {
    schema: {
      type: "object",
      ...told(says),
      properties: Object.fromEntries(entries.map(([name, field]) => [name, field.schema])),
      required: entries.filter(([, field]) => !("optional" in field)).map(([name]) => name),
      additionalProperties: false,
    },
    uses: Object.assign({}, ...entries.map(([, field]) => field.uses)),
  };
}

/** A shape with a name, written down once in a document however often it is used. */
export function named<T>(name: string, { schema, uses }: Shape<T>): Shape<T> {
  return { schema: { $ref: `#/$defs/${name}` }, uses: { ...uses, [name]: schema } };
}

type Fields = Readonly<Record<string, Shape<unknown> | Optional<unknown>>>;

type OptionalNames<F extends Fields> = {
  [K in keyof F]: F[K] extends Optional<unknown> ? K : never;
}[keyof F];

type Recorded<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, OptionalNames<F>>]: Shaped<F[K]> } & {
    readonly [K in OptionalNames<F>]?: Shaped<F[K]>;
  }
>;

type Flat<T> = { [K in keyof T]: T[K] };

function plain<T>(type: string, says: string | undefined): Shape<T> {
  return { schema: { type, ...told(says) }, uses: {} };
}

function told(says: string | undefined): { description?: string } {
  return says === undefined ? {} : { description: says };
}
