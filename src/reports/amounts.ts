/** A count with thousands separators: `3,100`. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 case`, `3,100 cases`; `plural` where an s is not enough. */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`;

/** Dollars; below a cent with two significant digits, so that one answer's cost is not `$0.00`. */
export const dollars = (usd: number): string => {
  if (usd === 0 || Math.abs(usd) >= 0.01) return `$${usd.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`;
  const digits = Math.min(20, 1 - Math.floor(Math.log10(Math.abs(usd))));
  return `$${usd.toFixed(digits)}`;
};

/** `812 ms`, `1.4 s`, `1 min 12 s`, `2 h 5 min`. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A whole number with its sign, minus as U+2212: `−6`, `+1`, `±0`. */
export const signed = (value: number): string =>
  value === 0 ? '±0' : `${value < 0 ? '−' : '+'}${count(Math.abs(value))}`;

/** The relative move of a positive quantity: `+3 %`, `−11 %`, `±0`. null where there is nothing to compare. */
export const relativeChange = (before: number | null, now: number | null): string | null => {
  if (before === null || now === null || before <= 0) return null;
  const percent = Math.round((now / before - 1) * 100);
  return percent === 0 ? '±0' : `${signed(percent)} %`;
};
