import "server-only";
import { z } from "zod";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { compareRounds, type RoundChange } from "@/lib/domain/agreement-report/round-change";
import type { Codebook, Layer } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { readBasis, readReportWork } from "./agreement-work";
import { findVersion } from "./codebook-store";
import { countExclusions } from "./exclusions";
import { defineUseCase } from "./use-case";

/** Agreement by label in two rounds on the same documents. */
export type AgreementChange = RoundChange & {
  before: { roundId: string; name: string; version: number | null };
  after: { roundId: string; name: string; version: number | null };
  /** Annotators and documents that a lead excluded from figures; not counted. */
  excluded: { annotators: number; documents: number };
};

/**
 * How agreement on each label changed from one round to another, on the documents that both have. As
 * everywhere, documents that the caller still has to annotate do not count.
 */
export const openAgreementChange = defineUseCase({
  name: "openAgreementChange",
  permission: "agreement.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), before: z.uuid(), after: z.uuid() }),
  async run({ projectId, before, after }, caller): Promise<Result<AgreementChange>> {
    const { rows } = await pool().query<{ roundId: string; name: string; position: number }>(
      `SELECT id AS "roundId", name, position FROM round WHERE project_id = $1 AND id = ANY($2::uuid[])`,
      [projectId, [before, after]],
    );
    const one = rows.find(({ roundId }) => roundId === before);
    const other = rows.find(({ roundId }) => roundId === after);
    if (one === undefined || other === undefined) {
      return failure("not_found", "This round does not exist.");
    }
    if (before === after) return failure("invalid", "Choose two different rounds.");
    const basis = await readBasis(caller, USUAL_CHOICE);
    const submissions = basis.submissions.filter(
      ({ round }) => round.position === one.position || round.position === other.position,
    );
    const { documents, all } = await readReportWork(caller, { ...basis, submissions });
    const setsOf = ({ position }: { position: number }) =>
      all.filter(({ round }) => round.position === position);
    const versionOf = (round: { position: number }) =>
      Math.max(0, ...setsOf(round).map(({ codebookVersion }) => codebookVersion)) || null;
    const facts = (round: { roundId: string; name: string; position: number }) => ({
      roundId: round.roundId,
      name: round.name,
      version: versionOf(round),
    });
    const codebook = await labelsOfBoth(projectId, versionOf(one), versionOf(other));
    return success({
      ...compareRounds(codebook, { documents, before: setsOf(one), after: setsOf(other) }),
      before: facts(one),
      after: facts(other),
      excluded: await countExclusions(projectId),
    });
  },
});

/** The layers of the later version, with labels that only the earlier one has behind its own. */
async function labelsOfBoth(
  projectId: string,
  before: number | null,
  after: number | null,
): Promise<Pick<Codebook, "layers">> {
  const [earlier, later] = await Promise.all(
    [before, after].map((version) => (version === null ? null : findVersion(projectId, version))),
  );
  const old = earlier?.codebook.layers ?? [];
  return {
    layers: (later?.codebook.layers ?? old).map((layer): Layer => {
      const own = new Set(layer.labels.map(({ key }) => key));
      const gone = old
        .find(({ key, level }) => key === layer.key && level === layer.level)
        ?.labels.filter(({ key }) => !own.has(key));
      return { ...layer, labels: [...layer.labels, ...(gone ?? [])] };
    }),
  };
}
