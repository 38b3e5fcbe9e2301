/** How far a command is, on one line that is written over; only where a person looks on. */
export function createProgressLine(): {
  show: (what: string, done: number, total: number) => void;
  clear: () => void;
} {
  const isWatched = process.stderr.isTTY === true;
  let length = 0;
  const write = (text: string) => {
    process.stderr.write(`\r${text.padEnd(length)}`);
    length = text.length;
  };
  return {
    show(what, done, total) {
      if (isWatched)
        write(`${done} of ${total}  ${what}`.slice(0, (process.stderr.columns ?? 80) - 1));
    },
    clear() {
      if (!isWatched || length === 0) return;
      write("");
      process.stderr.write("\r");
    },
  };
}
