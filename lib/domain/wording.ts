/** A number with its noun: "1 document", "1,240 documents". */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** The beginning of a text: all of it, or `most` code points with an ellipsis as the last. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** A span of time as people say it: "under a minute", "12 min", "1 h 5 min". */
export function durationWords(seconds: number): string {
  if (seconds < 60) return seconds <= 0 ? "no time yet" : "under a minute";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
