export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object and list in a JSON value, itself included. */
export function* collections(value: unknown): Generator<object> {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    yield next;
    for (const inner of Object.values(next))
      if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
}

/** The names of all properties in a JSON value. */
export const namesIn = (value: unknown): readonly string[] => {
  const names = new Set<string>();
  for (const item of collections(value)) {
    if (!Array.isArray(item)) for (const name of Object.keys(item)) names.add(name);
  }
  return [...names];
};
