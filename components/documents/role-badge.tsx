import { Badge } from "@/components/ui/badge";
import { type BlockRole, isAnnotatable, roleName } from "@/lib/domain/text/roles";

/** What a line of an article is; quiet where annotators cannot mark it. */
export function RoleBadge({ role }: { role: BlockRole }) {
  return <Badge tone={isAnnotatable(role) ? "accent" : "plain"}>{roleName(role)}</Badge>;
}
