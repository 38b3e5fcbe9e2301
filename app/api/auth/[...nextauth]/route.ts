import NextAuth from "next-auth";
import { authOptions } from "@/lib/server/auth";
import { entrance } from "@/lib/services/entrance";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Made at each request: the configuration is read when the site runs, not when it is built. */
function handler(request: Request, context: Context): Promise<Response> {
  return NextAuth(authOptions(entrance))(request, context);
}

export { handler as GET, handler as POST };
