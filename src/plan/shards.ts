/** GitHub runs at most so many jobs of one matrix. */
export const mostShards = 256;
/** A shard of `auto` takes about so long; below that, starting a job costs more than it saves. */
const minutesAShard = 10;

/** What `strategy.matrix` of a workflow takes. */
export type ShardMatrix = { readonly include: readonly { readonly shard: string }[] };

/** How many parts a run is cut into. A part holds at least one cell. */
export const shardCount = (wanted: 'auto' | number, minutes: number, cells: number): number =>
  wanted === 'auto' ? Math.max(1, Math.min(Math.ceil(minutes / minutesAShard), cells, mostShards)) : wanted;

export const shardMatrix = (count: number): ShardMatrix => ({
  include: Array.from({ length: count }, (_, index) => ({ shard: `${index + 1}/${count}` })),
});
