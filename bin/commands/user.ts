import { text } from "node:stream/consumers";
import { Command, Option } from "commander";
import { CommandError } from "./command-error";

type Options = {
  email: string;
  name: string;
  role: "admin" | "user";
  leadOf?: string;
  passwordStdin?: true;
};

/** `framemark user create`: an account with its one-time link, or with a password. */
export function userCommand(): Command {
  const create = new Command("create")
    .description("Make an account and print the link, good once, by which it gets its password.")
    .requiredOption("--email <address>", "e-mail address, by which the person signs in")
    .requiredOption("--name <name>", "name of the person")
    .addOption(
      new Option("--role <role>", "admins look after accounts of the whole site")
        .choices(["admin", "user"])
        .default("user"),
    )
    .option("--lead-of <name or id>", "make the person a lead of this project")
    .option("--password-stdin", "read a password from standard input instead of making a link")
    .action(runCreate);
  return new Command("user").description("Look after accounts.").addCommand(create);
}

async function runCreate({ leadOf, passwordStdin, ...account }: Options): Promise<void> {
  const password = passwordStdin ? await readPassword() : null;
  // Loaded only now, so that help and mistakes are answered at once.
  const { findProject, must, siteUrl, withServices } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { addMember } = await import("@/lib/services/members");
  const site = siteUrl();
  await withServices(async () => {
    const projectId = leadOf === undefined ? null : await findProject(leadOf);
    const link = await makeAccount(account, password);
    if (projectId !== null) {
      must(await addMember.as(OPERATOR, { projectId, email: account.email, role: "lead" }));
    }
    if (link === null) console.error(`The account ${account.email} is ready.`);
    else printLink(link, site);
  });
}

/** Answers the link by which the account gets its password, if it has none. */
async function makeAccount(
  account: Pick<Options, "email" | "name" | "role">,
  password: string | null,
): Promise<string | null> {
  const { must } = await import("./open-database");
  const { createUserWithPassword, OPERATOR } = await import("@/lib/services/program");
  if (password === null) {
    const { createUser } = await import("@/lib/services/users");
    return must(await createUser.as(OPERATOR, account)).link;
  }
  must(await createUserWithPassword.as(OPERATOR, { ...account, password }));
  return null;
}

function printLink(link: string, site: string | null): void {
  console.log(site === null ? link : new URL(link, site).href);
  console.error(
    site === null
      ? "Put it behind the address of your site. It works once, for seven days."
      : "The link works once, for seven days. Give it to its person only.",
  );
}

/** One line; a line break at its end is not part of the password. */
async function readPassword(): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  if (password === "") throw new CommandError("Standard input holds no password.");
  return password;
}
