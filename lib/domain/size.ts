const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** A size in words: "512 bytes", "4.2 MB". Thousands, as drives are sold. */
export function writeBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? "bytes"}`;
}
