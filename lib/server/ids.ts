import "server-only";
import { v7 } from "uuid";

/** A new UUIDv7. Ids are never read for time or order (docs/decisions/0004). */
export function newId(): string {
  return v7();
}
