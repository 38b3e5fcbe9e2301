import { Badge } from "@/components/ui/badge";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { counted } from "@/lib/domain/wording";
import type { PersonOnboarding } from "@/lib/services/onboarding";

const WAITS = {
  consent: "consent",
  questionnaire: "questions",
  training: "training",
  quiz: "quiz",
};

/** Who consented to which version when, and how far each has come. */
export function PeopleTable({ people }: { people: PersonOnboarding[] }) {
  return (
    <Table
      label="People and their steps"
      head={
        <>
          <HeadCell>Person</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>Consent</HeadCell>
          <HeadCell>Quiz</HeadCell>
        </>
      }
    >
      {people.map(({ userId, name, next, consents, quizTries }) => (
        <tr key={userId}>
          <Cell>
            <bdi>{name}</bdi>
          </Cell>
          <Cell>
            {next === null ? (
              <Badge tone="good">may work</Badge>
            ) : (
              <Badge tone="warn">before {WAITS[next]}</Badge>
            )}
          </Cell>
          <Cell>
            {consents.length === 0 ? "–" : null}
            {consents.map(({ version, givenOn, withdrawnOn }) => (
              <div key={`${version} ${givenOn} ${withdrawnOn}`}>
                Version {version} on {givenOn}
                {withdrawnOn ? `, withdrawn on ${withdrawnOn}` : null}
              </div>
            ))}
          </Cell>
          <Cell>{quizTries === 0 ? "–" : counted(quizTries, "try", "tries")}</Cell>
        </tr>
      ))}
    </Table>
  );
}
