/**
 * Where a continuous function changes sign between `low` and `high`: false position with the Illinois rule
 * (Dowell & Jarratt 1971, BIT 11:168), to `tolerance` in the argument. Where the ends have the same sign, the end
 * that is nearer to zero is the answer.
 */
export const findRoot = (
  value: (at: number) => number,
  low: number,
  high: number,
  tolerance = 1e-10,
): number => {
  let [left, right] = [low, high];
  let [atLeft, atRight] = [value(left), value(right)];
  if (atLeft * atRight > 0) return Math.abs(atLeft) < Math.abs(atRight) ? low : high;
  for (let step = 0; step < 200 && Math.abs(right - left) > tolerance; step += 1) {
    const slope = atRight - atLeft;
    // An infinite end has no slope: halve instead. Every fourth step halves anyway, so that the bracket must shrink.
    const straight = Number.isFinite(slope) && slope !== 0 && step % 4 !== 3;
    const middle = straight ? right - (atRight * (right - left)) / slope : (left + right) / 2;
    const atMiddle = value(middle);
    if (atMiddle === 0) return middle;
    if (atMiddle * atRight < 0) {
      left = right;
      atLeft = atRight;
    } else {
      atLeft /= 2;
    }
    right = middle;
    atRight = atMiddle;
  }
  return right;
};
