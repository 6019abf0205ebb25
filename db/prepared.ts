import { type Column, type SQL, sql } from 'drizzle-orm';
import { queriesOf, type Reader, type Tables, type Tx } from './store.ts';

/** Stands for a value of each run, in a query that is built once; `column` says how the database takes it. */
export type Given<Values> = <Name extends keyof Values & string>(name: Name, column: Column) => SQL<Values[Name]>;

/** As drizzle prepares it, on either engine. */
interface Prepared {
  execute(values: object): unknown;
}

/** Drizzle asks a column's own encoder about null where the value comes later, and only there. */
const encoderOf = (column: Column) => ({ mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value)) });

const given = <Value>(name: string, column: Column) => sql<Value>`${sql.param(sql.placeholder(name), encoderOf(column))}`;

/** A query as drizzle has it before it is prepared. */
interface Built {
  getSQL(): SQL;
  prepare(): Prepared;
}

/**
 * What the code itself says in it is written into its text: SQLite finds a partial index by it, and would compile the query at every run to
 * find it by a value that is bound. Without a name: named statements stay on a server's connection, which a pooler before it lends to
 * somebody else.
 */
function prepare(query: unknown): Prepared {
  const built = query as Built;
  const text = built.getSQL().inlineParams();
  built.getSQL = () => text;
  return built.prepare();
}

/**
 * A query that runs often, built once for each connection and then only given its values: building costs several times what running
 * does. Its text is always the same, so nothing in it may depend on a value: null is no value to look for, and no list has two lengths.
 * @param build is called once for each connection
 */
export function prepared<Db extends Reader, Values, Rows>(
  build: (db: Db, given: Given<Values>) => PromiseLike<Rows>,
): (db: Db, values: Values & object) => Promise<Rows> {
  const shaped = preparedShape<Db, [], Values, Rows>(build);
  return async (db, values) => await shaped(db, [], values);
}

/**
 * The same for a query of a few shapes, as one that changes now these columns and now those: one for each connection and each shape.
 * @param build is told the shape: words of the code, never of a visitor, since each is kept for good
 */
export function preparedShape<Db extends Reader, Shape extends readonly unknown[], Values, Rows>(
  build: (db: Db, given: Given<Values>, ...shape: Shape) => PromiseLike<Rows>,
): (db: Db, shape: Shape, values: Values & object) => Promise<Rows> {
  return async (db, shape, values) => {
    const kept = queriesOf(db);
    const known = kept.get(build) ?? new Map<string, unknown>();
    kept.set(build, known);
    const name = shape.length === 0 ? '' : JSON.stringify(shape);
    const query = (known.get(name) as Prepared | undefined) ?? prepare(build(db, given, ...shape));
    known.set(name, query);
    return (await query.execute(values)) as Rows;
  };
}

/** Columns that get values of their own. */
type Some = Readonly<Record<string, unknown>>;

/** The columns a change names: those that are left out or undefined are not touched. */
export const namesIn = (change: object): readonly string[] => Object.keys(change).filter((name) => (change as Some)[name] !== undefined);

/** For each of these columns of a table what stands for its value. */
export function givenEach<Values extends object>(table: object, names: readonly string[]): Values {
  const columns = table as Readonly<Record<string, Column>>;
  return Object.fromEntries(names.map((name) => [name, given(name, columns[name] as Column)])) as Values;
}

type Named = { [Name in keyof Tables]: Tables[Name] extends { readonly $inferInsert: unknown } ? Name : never }[keyof Tables];
type NewRow<Name extends Named> = Tables[Name]['$inferInsert'];

const insertion = preparedShape((tx: Tx, _: Given<object>, name: Named, names: readonly string[]) => {
  const table = tx.tables[name];
  return tx.insert(table).values(givenEach(table, names));
});

const newInsertion = preparedShape((tx: Tx, _: Given<object>, name: Named, names: readonly string[]) => {
  const table = tx.tables[name];
  const row = givenEach<NewRow<Named>>(table, names);
  return tx.insert(table).values(row).onConflictDoNothing().returning({ taken: sql`1` });
});

/** Inserts one row by a query that is kept; sent off, as `Tx.sending` has it. */
export async function insertRow<Name extends Named>(tx: Tx, table: Name, row: NewRow<Name>): Promise<void> {
  await tx.sending(insertion(tx, [table, namesIn(row)], row));
}

/** The same, unless a unique index has such a row already. @returns whether it was taken */
export async function insertNewRow<Name extends Named>(tx: Tx, table: Name, row: NewRow<Name>): Promise<boolean> {
  return (await newInsertion(tx, [table, namesIn(row)], row)).length > 0;
}
